namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Writes leaves. Of the grids that meet in a cell only those are named that can answer there: where children fill their parents,
/// the parents and their borders are left out. A buffer; not thread safe.
/// </summary>
internal sealed class LeafWriter(CellEdges edges, int[] positions)
{
    private readonly AnsweringGrids answering = new(edges);
    private readonly LeafRoom room = new();
    private readonly List<int> grids = [];
    private readonly List<uint> points = [];
    private readonly List<byte> masks = [];
    private readonly List<(int Edges, int First)> lines = [];
    private readonly Dictionary<int, uint> maskOf = [];

    /// <summary>Begins a block.</summary>
    public void Begin() => room.Begin();

    /// <summary>Writes one cell as a leaf.</summary>
    /// <param name="words">Where to.</param>
    /// <param name="pool">Where in the words the exact points of the edges begin.</param>
    /// <param name="root">Where in the words places are counted from.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="own">The edges that come near it, ascending.</param>
    /// <param name="known">A point in it.</param>
    /// <param name="mostPoints">The leaf has no more; at most <see cref="CellLeaf.MostPoints"/>.</param>
    /// <param name="entry">The leaf, or a grid where only one can answer.</param>
    /// <returns>False when the cell is too full for a leaf.</returns>
    public bool TryWrite(
        CellWords words, int pool, int root, CellSquare cell, ReadOnlySpan<int> own, KnownPoint known, int mostPoints, out uint entry)
    {
        entry = default;
        if (ReferencePoint.Find(edges, cell, own) is not { } raster)
            return false;
        var (x, y) = cell.RasterPoint(raster.X, raster.Y);
        edges.Move(ref known, x, y, own);
        answering.Find(own, in known, grids);
        if (grids.Count > CellLeaf.MostGrids)
            return false;
        Mask(own);
        if (!Draw(cell, (x, y), own, mostPoints))
            return false;
        if (points.Count == 0)
        {
            entry = known.Count == 0 || grids.Count == 0 ? CellEntry.OfGrid(-1) : CellEntry.OfGrid(positions[grids[0]]);
            return true;
        }
        entry = CellEntry.OfLeaf(Write(words, pool, raster, in known) - root);
        return true;
    }

    /// <summary>For each label of the edges the bits of those of its grids that can answer.</summary>
    private void Mask(ReadOnlySpan<int> own)
    {
        maskOf.Clear();
        foreach (var e in own)
        {
            var label = edges.Label(e);
            if (maskOf.ContainsKey(label))
                continue;
            var mask = 0u;
            foreach (var rank in edges.Ranks(label))
            {
                var bit = grids.IndexOf(rank);
                if (bit >= 0)
                    mask |= 1u << bit;
            }
            maskOf.Add(label, mask);
        }
    }

    /// <summary>Rounds and clips the edges to lines of points around the reference point.</summary>
    private bool Draw(CellSquare cell, (int X, int Y) reference, ReadOnlySpan<int> own, int mostPoints)
    {
        points.Clear();
        masks.Clear();
        lines.Clear();
        var drawing = new LeafDrawing(cell, reference);
        var (last, open) = (-2, false);
        foreach (var e in own)
        {
            var mask = maskOf[edges.Label(e)];
            if (mask == 0)
                continue;
            var (from, fromClipped, to, toClipped) = drawing.Clip(edges.X(e), edges.Y(e), edges.X(e + 1), edges.Y(e + 1));
            if (open && last == e - 1 && masks[^1] == mask && !fromClipped)
            {
                lines[^1] = (lines[^1].Edges + 1, lines[^1].First);
            }
            else
            {
                if (lines.Count > 0)
                    masks.Add(0);
                lines.Add((1, e));
                points.Add(from);
            }
            points.Add(to);
            masks.Add((byte)mask);
            (last, open) = (e, !toClipped);
        }
        return points.Count <= mostPoints && lines.Count <= CellLeaf.MostLines;
    }

    private int Write(CellWords words, int pool, (int X, int Y) raster, in KnownPoint reference)
    {
        var inside = 0u;
        for (var i = 0; i < grids.Count; i++)
            inside |= reference.IsIn(grids[i]) ? 1u << i : 0;
        var hot = 1 + points.Count + CellLeaf.MaskWords(points.Count) + grids.Count;
        var leaf = room.Reserve(words, hot, lines.Count);
        words[leaf] = CellLeaf.Header(points.Count, lines.Count, grids.Count, inside, raster.X, raster.Y);
        var at = leaf + 1;
        foreach (var point in points)
            words[at++] = point;
        for (var i = 0; i < masks.Count; i++)
            words[at + i / 4] |= (uint)masks[i] << 8 * (i % 4);
        at += CellLeaf.MaskWords(points.Count);
        foreach (var rank in grids)
            words[at++] = (uint)positions[rank];
        foreach (var (count, first) in lines)
            words[at++] = CellLeaf.Line(count, ((leaf & ~1) - pool) / 2 - first);
        return leaf;
    }
}
