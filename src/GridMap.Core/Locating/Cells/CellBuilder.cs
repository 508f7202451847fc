using System.Numerics;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Builds the cells of one top cell after another into a run of words. What a cell lies in is known by walking from cell to cell: a
/// known point is moved through the common side, crossing only the edges of the two. A buffer; not thread safe.
/// </summary>
internal sealed class CellBuilder
{
    private const int MostBits = 4;

    private readonly CellEdges edges = new();
    private readonly int[] positions;
    private readonly LeafWriter leaves;
    private readonly CellOptions options;
    private readonly List<CellShare> shares = [];
    private int pool, root;

    /// <param name="positions">The position in the list of grids by rank.</param>
    /// <param name="options">What to build for.</param>
    public CellBuilder(int[] positions, CellOptions options)
    {
        (this.positions, this.options) = (positions, options);
        leaves = new LeafWriter(edges, positions);
    }

    /// <summary>What was built since the last <see cref="CellWords.Clear"/>.</summary>
    public CellWords Words { get; } = new();

    /// <summary>Builds one top cell.</summary>
    /// <param name="shift">Binary logarithm of its side.</param>
    /// <param name="own">The edges that come near it.</param>
    /// <param name="known">A point on its western side; becomes one on its eastern side.</param>
    /// <returns>The entry, with its place in units of <see cref="CellEntry.BlockUnit"/>.</returns>
    public uint Build(int shift, ReadOnlySpan<CellEdge> own, ref KnownPoint known)
    {
        edges.Fill(own);
        // The points stand before the block, which begins at a unit.
        Words.Align(2);
        Words.Reserve(-(Words.Count + 2 * edges.Points) & (CellEntry.BlockUnit - 1));
        pool = Words.Reserve(2 * edges.Points);
        for (var i = 0; i < edges.Points; i++)
            (Words[pool + 2 * i], Words[pool + 2 * i + 1]) = ((uint)edges.X(i), (uint)edges.Y(i));
        root = Words.Count;
        leaves.Begin();
        var entry = Build(new CellSquare(0, 0, shift), edges.All, in known, depth: 0);
        if (CellEntry.IsNode(entry) || CellEntry.IsLeaf(entry))
            entry = CellEntry.WithPlace(entry, (root + CellEntry.Place(entry)) / CellEntry.BlockUnit);
        Side.East.Pass(edges, new CellSquare(0, 0, shift), edges.All, ref known);
        return entry;
    }

    private uint Build(CellSquare cell, ReadOnlySpan<int> own, in KnownPoint known, int depth)
    {
        if (own.IsEmpty)
            return known.Best < 0 ? CellEntry.OfGrid(-1) : CellEntry.OfGrid(positions[known.Best]);
        if (own.Length < LeafPoints(cell) && leaves.TryWrite(Words, pool, root, cell, own, known, LeafPoints(cell), out var entry))
            return entry;
        if (cell.Shift <= CellFrame.MinShift)
            return CellEntry.OfGrid(CellEntry.Elsewhere);
        return Divide(cell, own, in known, depth);
    }

    // Where cells end, leaves may be as full as they can.
    private int LeafPoints(CellSquare cell) => cell.Shift > CellFrame.MinShift ? options.PointsPerLeaf : CellLeaf.MostPoints;

    private uint Divide(CellSquare cell, ReadOnlySpan<int> own, in KnownPoint known, int depth)
    {
        var bits = Math.Min(BitsFor(own.Length), cell.Shift - CellFrame.MinShift);
        if (shares.Count == depth)
            shares.Add(new CellShare());
        var share = shares[depth];
        share.Deal(edges, cell, bits, own);
        var node = Words.Reserve(1 << 2 * bits);
        var child = cell.Size >> bits;
        var (column, row) = (Math.Clamp((known.X - cell.X) / child, 0, (1 << bits) - 1), Math.Clamp((known.Y - cell.Y) / child, 0, (1 << bits) - 1));
        // Along the row of the known point both ways, and from each cell of it up and down.
        var at = known;
        for (var c = column; c < 1 << bits; c++)
        {
            BuildColumn(cell, bits, share, node, (c, row), in at, depth);
            share.Pass(Side.East, edges, cell, c, row, ref at);
        }
        at = known;
        for (var c = column; c > 0; c--)
        {
            share.Pass(Side.West, edges, cell, c, row, ref at);
            BuildColumn(cell, bits, share, node, (c - 1, row), in at, depth);
        }
        return CellEntry.OfNode(bits, node - root);
    }

    private void BuildColumn(CellSquare cell, int bits, CellShare share, int node, (int Column, int Row) start, in KnownPoint known, int depth)
    {
        var at = known;
        for (var r = start.Row; r < 1 << bits; r++)
        {
            BuildChild(start.Column, r, in at);
            share.Pass(Side.North, edges, cell, start.Column, r, ref at);
        }
        at = known;
        for (var r = start.Row; r > 0; r--)
        {
            share.Pass(Side.South, edges, cell, start.Column, r, ref at);
            BuildChild(start.Column, r - 1, in at);
        }

        void BuildChild(int column, int row, in KnownPoint within) =>
            Words[node + (row << bits) + column] = Build(cell.Child(bits, column, row), share.Of(column, row), in within, depth + 1);
    }

    /// <summary>So many that a leaf comes to hold about as many edges as it may; what is fuller is divided again.</summary>
    private int BitsFor(int count) => Math.Clamp(
        (BitOperations.Log2((uint)Math.Max(1, count * options.DivideBy / (options.PointsPerLeaf - 1))) + 1) / 2, 1, MostBits);
}
