namespace GridMap.Core.Tiles;

/// <summary>The texts that one layer of a tile has so far. Used for layer after layer; not thread safe.</summary>
internal sealed class LayerTexts
{
    private readonly List<int> used = [];

    // By the text's number: its index in the layer, plus 1; 0 if it has none.
    private int[] indexes = [];
    private GridTexts texts = null!;
    private MvtLayer layer = null!;

    public void Begin(GridTexts from, MvtLayer to)
    {
        foreach (var number in used)
            indexes[number] = 0;
        used.Clear();
        if (indexes.Length < from.Count)
            indexes = new int[from.Count];
        (texts, layer) = (from, to);
    }

    /// <summary>The indexes of a grid's code and name in the layer of its level.</summary>
    public (uint Code, uint Name) IndexesOf(in GridCard card)
    {
        var own = texts.OwnTexts(card);
        if (own.IsEmpty)
            return (IndexOf(card.Code), IndexOf(card.Name));
        var code = layer.AddValues(own, 2);
        return (code, code + 1);
    }

    /// <summary>A text's index in the layer, which it gets if it has none.</summary>
    public uint IndexOf(int number)
    {
        if (indexes[number] == 0)
        {
            indexes[number] = (int)layer.AddValues(texts.Encoded(number), 1) + 1;
            used.Add(number);
        }

        return (uint)(indexes[number] - 1);
    }
}
