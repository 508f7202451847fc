using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// What the tiles say of each grid in words, encoded once for all tiles: each different text has a number, and what only one grid says stands
/// together with its id. Immutable and thread safe.
/// </summary>
internal sealed class GridTexts
{
    private readonly ProtoBuffer encoded = new();
    private readonly ProtoBuffer own = new();
    private readonly int[] ends;
    private readonly GridCard[] cards;

    public GridTexts(Coverage coverage, IReadOnlyList<GridCaption> captions)
    {
        var numbers = new Dictionary<string, int>();
        var found = new List<int>();
        var uses = new Dictionary<(int Level, int Text), int>();
        cards = new GridCard[captions.Count];
        for (var grid = 0; grid < cards.Length; grid++)
        {
            var (of, caption) = (coverage.Grids[grid], captions[grid]);
            var parent = of.ParentId is { } id ? coverage.IndexOf(id) : -1;
            cards[grid] = new GridCard(
                Number(of.Level, of.Code), Number(of.Level, caption.Name), Number(of.Level, caption.Kind),
                parent < 0 ? None : Number(of.Level, coverage.Grids[parent].Code));
        }

        ends = [.. found];
        for (var grid = 0; grid < cards.Length; grid++)
            cards[grid] = WithOwn(cards[grid], coverage.Grids[grid]);

        int Number(int level, string text)
        {
            if (!numbers.TryGetValue(text, out var number))
            {
                numbers.Add(text, number = numbers.Count);
                MvtValue.FromString(text).WriteTo(encoded);
                found.Add(encoded.Length);
            }

            uses[(level, number)] = uses.GetValueOrDefault((level, number)) + 1;
            return number;
        }

        GridCard WithOwn(GridCard card, CoverageGrid grid)
        {
            var start = own.Length;
            MvtLayer.WriteId(own, (ulong)grid.Id);
            var texts = own.Length;
            if (uses[(grid.Level, card.Code)] == 1 && uses[(grid.Level, card.Name)] == 1)
            {
                own.Bytes(Encoded(card.Code));
                own.Bytes(Encoded(card.Name));
            }

            return card with { Start = start, IdLength = texts - start, TextsLength = own.Length - texts };
        }
    }

    /// <summary>The number of no text.</summary>
    public const int None = -1;

    /// <summary>How many different texts there are.</summary>
    public int Count => ends.Length;

    public ref readonly GridCard Of(int grid) => ref cards[grid];

    /// <summary>A grid's id as a field of a feature.</summary>
    public ReadOnlySpan<byte> Id(in GridCard card) => own.Written.Slice(card.Start, card.IdLength);

    /// <summary>Code and name as values of the layer of the grid's level, if no other grid of it says either; else nothing.</summary>
    public ReadOnlySpan<byte> OwnTexts(in GridCard card) => own.Written.Slice(card.Start + card.IdLength, card.TextsLength);

    /// <summary>A text as a value of a layer.</summary>
    public ReadOnlySpan<byte> Encoded(int number) => encoded.Written[(number == 0 ? 0 : ends[number - 1])..ends[number]];
}

/// <summary>The numbers of a grid's texts, and where its own ones stand. An immutable value.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Parent">Its parent's code; <see cref="GridTexts.None"/> on level 1.</param>
internal readonly record struct GridCard(int Code, int Name, int Kind, int Parent)
{
    public int Start { get; init; }

    public int IdLength { get; init; }

    public int TextsLength { get; init; }
}
