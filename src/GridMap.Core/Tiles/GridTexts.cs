using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// What the tiles say of each grid in words, encoded once for all tiles: each different text has a number. Immutable and thread safe.
/// </summary>
internal sealed class GridTexts
{
    private readonly ProtoBuffer encoded = new();
    private readonly int[] ends;

    // By grid.
    private readonly (int Code, int Name, int Kind, int Parent)[] texts;

    public GridTexts(Coverage coverage, IReadOnlyList<GridCaption> captions)
    {
        var numbers = new Dictionary<string, int>();
        var found = new List<int>();
        texts = new (int, int, int, int)[captions.Count];
        for (var grid = 0; grid < texts.Length; grid++)
        {
            var (code, parent) = (coverage.Grids[grid].Code, coverage.Grids[grid].ParentId is { } id ? coverage.IndexOf(id) : -1);
            texts[grid] = (
                Number(code), Number(captions[grid].Name), Number(captions[grid].Kind),
                parent < 0 ? None : Number(coverage.Grids[parent].Code));
        }

        ends = [.. found];

        int Number(string text)
        {
            if (!numbers.TryGetValue(text, out var number))
            {
                numbers.Add(text, number = numbers.Count);
                MvtValue.FromString(text).WriteTo(encoded);
                found.Add(encoded.Length);
            }

            return number;
        }
    }

    /// <summary>The number of no text.</summary>
    public const int None = -1;

    /// <summary>How many different texts there are.</summary>
    public int Count => ends.Length;

    /// <summary>The numbers of a grid's texts; its parent's code is none on level 1.</summary>
    public (int Code, int Name, int Kind, int Parent) Of(int grid) => texts[grid];

    /// <summary>A text as a value of a layer.</summary>
    public ReadOnlySpan<byte> Encoded(int number) => encoded.Written[(number == 0 ? 0 : ends[number - 1])..ends[number]];
}
