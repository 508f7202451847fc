using GridMap.Core.Coordinates;
using GridMap.Core.Grids;

namespace GridMap.Core.Locating.Cells;

/// <summary>
/// Deals the edges of all rings to the rows of top cells that they meet. Two passes over the polygons, the first of which only
/// counts, so that nothing is copied twice; every worker takes a run of grids, and the order does not depend on their number.
/// </summary>
internal sealed class EdgeRows
{
    private readonly IReadOnlyList<GridShape> grids;
    private readonly int[] ranks;
    private readonly CellFrame frame;
    private readonly long margin;
    private readonly RowEdge[][] rows;

    private EdgeRows(IReadOnlyList<GridShape> grids, int[] ranks, CellFrame frame)
    {
        (this.grids, this.ranks, this.frame) = (grids, ranks, frame);
        margin = CellGeometry.Margin(frame.Shift);
        rows = new RowEdge[frame.Rows][];
    }

    /// <summary>For each row its edges, in the order of the grids and of their rings.</summary>
    /// <param name="grids">The grids.</param>
    /// <param name="ranks">The rank of each grid, which its edges then carry.</param>
    /// <param name="frame">The rows.</param>
    public static RowEdge[][] Deal(IReadOnlyList<GridShape> grids, int[] ranks, CellFrame frame)
    {
        var deal = new EdgeRows(grids, ranks, frame);
        var runs = Runs(grids);
        var counts = Array.ConvertAll(runs, _ => new int[frame.Rows]);
        Parallel.For(0, runs.Length, run => deal.ForEach(runs[run], new Count(counts[run])));
        for (var row = 0; row < frame.Rows; row++)
        {
            var total = 0;
            foreach (var count in counts)
                (count[row], total) = (total, checked(total + count[row]));
            deal.rows[row] = new RowEdge[total];
        }
        Parallel.For(0, runs.Length, run => deal.ForEach(runs[run], new Fill(deal, counts[run])));
        return deal.rows;
    }

    private static Range[] Runs(IReadOnlyList<GridShape> grids)
    {
        var workers = Math.Min(Environment.ProcessorCount, Math.Max(1, grids.Count));
        return [.. Enumerable.Range(0, workers).Select(i =>
            new Range((int)((long)grids.Count * i / workers), (int)((long)grids.Count * (i + 1) / workers)))];
    }

    private void ForEach<T>(Range run, T visitor)
        where T : struct, IVisitor
    {
        var points = new List<LatticePoint>();
        for (var i = run.Start.Value; i < run.End.Value; i++)
        {
            try
            {
                foreach (var ring in LatticeRings.Of(grids[i].Polygon))
                {
                    points.Clear();
                    LatticeRings.Read(ring, points);
                    ForEach(points, ranks[i], visitor);
                }
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"Grid {grids[i].Code}: {e.Message}", e);
            }
        }
    }

    private void ForEach<T>(List<LatticePoint> ring, int rank, T visitor)
        where T : struct, IVisitor
    {
        for (var i = 1; i < ring.Count; i++)
        {
            LatticePoint a = ring[i - 1], b = ring[i];
            if (a == b)
                continue;
            var first = (int)Math.Max(0, (Math.Min(a.Y, b.Y) - margin - frame.OriginY) >> frame.Shift);
            var last = (int)Math.Min(frame.Rows - 1, (Math.Max(a.Y, b.Y) + margin - frame.OriginY) >> frame.Shift);
            for (var row = first; row <= last; row++)
                visitor.Visit(row, a, b, rank);
        }
    }

    private interface IVisitor
    {
        void Visit(int row, LatticePoint a, LatticePoint b, int rank);
    }

    private readonly struct Count(int[] counts) : IVisitor
    {
        public void Visit(int row, LatticePoint a, LatticePoint b, int rank) => counts[row]++;
    }

    private readonly struct Fill(EdgeRows deal, int[] next) : IVisitor
    {
        public void Visit(int row, LatticePoint a, LatticePoint b, int rank) =>
            deal.rows[row][next[row]++] = new RowEdge(
                a.X - deal.frame.OriginX, (int)(a.Y - deal.frame.OriginY - ((long)row << deal.frame.Shift)),
                (int)(b.X - a.X), (int)(b.Y - a.Y), rank);
    }
}
