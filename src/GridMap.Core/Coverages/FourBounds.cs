using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>A side of a grid, in the order in which 四至 are read: 东, 南, 西, 北.</summary>
public enum CompassSide
{
    /// <summary>东.</summary>
    East,

    /// <summary>南.</summary>
    South,

    /// <summary>西.</summary>
    West,

    /// <summary>北.</summary>
    North,
}

/// <summary>What lies across a border. An immutable value.</summary>
/// <param name="Grid">
/// Index into <see cref="Coverage.Grids"/>: a grid of the same level; where none is, the innermost grid of an outer level; -1 for the outside.
/// </param>
/// <param name="Share">How much of the side it takes, 0 to 1.</param>
public readonly record struct SideNeighbour(int Grid, double Share);

/// <summary>
/// The four bounds (四至) of a grid: who lies to its east, south, west and north. A border counts for the side that it faces, and only
/// where it can be seen from that side: the walls of a bay, and holes, are on no side. Measured by a thousand rays from each side, which
/// meet the border that lies outermost. Immutable.
/// </summary>
public sealed class FourBounds
{
    private const int Rays = 1000;

    // What takes less of a side is a corner that two grids touch at, and nobody would name it.
    private const double LeastShare = 0.04;

    // With less of its profile facing it a side is a point, as the north of a triangle is; then all that is seen from there counts.
    private const double LeastFacing = 0.10;

    private readonly IReadOnlyList<SideNeighbour>[] sides;

    private FourBounds(IReadOnlyList<SideNeighbour>[] sides, IReadOnlyList<int> enclosed, IReadOnlyList<int> neighbours)
    {
        this.sides = sides;
        Enclosed = enclosed;
        Neighbours = neighbours;
    }

    /// <summary>Who lies on a side: from north to south on the east and west, from west to east on the south and north; nobody twice.</summary>
    public IReadOnlyList<SideNeighbour> this[CompassSide side] => sides[(int)side];

    /// <summary>Indexes of the grids of the same level that lie within the grid, in its holes; by code.</summary>
    public IReadOnlyList<int> Enclosed { get; }

    /// <summary>Indexes of all grids of the same level that share a border with it, those within among them; by code.</summary>
    public IReadOnlyList<int> Neighbours { get; }

    /// <summary>The bounds of a grid.</summary>
    /// <param name="coverage">All grids.</param>
    /// <param name="grid">Index of the grid; it has ground.</param>
    public static FourBounds Of(Coverage coverage, int grid)
    {
        var parts = coverage.Parts(grid);
        var edges = new List<Edge>();
        foreach (var reference in parts.SelectMany(part => part.Shell))
            Add(edges, coverage, grid, reference);
        var within = parts.SelectMany(part => part.Holes).SelectMany(hole => hole).Select(reference => Across(coverage, grid, reference));
        var level = coverage.Grids[grid].Level;
        var around = edges.Select(edge => edge.Across).ToHashSet();
        var enclosed = ByCode(within.Where(other => !around.Contains(other)));
        return new FourBounds(
            [.. Enum.GetValues<CompassSide>().Select(side => OnSide(edges, side))], enclosed, ByCode([.. around, .. enclosed]));

        int[] ByCode(IEnumerable<int> grids) =>
            [.. grids.Where(other => other >= 0 && coverage.Grids[other].Level == level).Distinct().OrderBy(other => coverage.Grids[other].Code, StringComparer.Ordinal)];
    }

    private static void Add(List<Edge> edges, Coverage coverage, int grid, ArcReference reference)
    {
        var points = coverage.Arcs[reference.Arc].Points.Span;
        var across = Across(coverage, grid, reference);
        for (var i = 1; i < points.Length; i++)
        {
            var (a, b) = reference.Forward ? (points[i - 1], points[i]) : (points[i], points[i - 1]);
            edges.Add(new Edge(a, b, across));
        }
    }

    private static int Across(Coverage coverage, int grid, ArcReference reference)
    {
        var arc = coverage.Arcs[reference.Arc];
        var face = coverage.Faces[reference.Forward ? arc.RightFace : arc.LeftFace];
        for (var level = coverage.Grids[grid].Level; level > 0; level--)
        {
            if (face.GridAt(level) is >= 0 and var found)
                return found;
        }

        return -1;
    }

    private static List<SideNeighbour> OnSide(List<Edge> edges, CompassSide side)
    {
        var seen = Seen(edges, side);
        var facing = seen.Where(edge => edge.Faces == side).ToList();
        var counted = facing.Count >= LeastFacing * Rays ? facing : seen;
        var shares = counted.CountBy(edge => edge.Across).Select(pair => new SideNeighbour(pair.Key, (double)pair.Value / counted.Count)).ToList();
        var large = shares.Where(one => one.Share >= LeastShare).ToList();
        return large.Count > 0 ? large : [shares.MaxBy(one => one.Share)];
    }

    // Ray by ray the outermost edge, from north to south or from west to east.
    private static List<Edge> Seen(List<Edge> edges, CompassSide side)
    {
        var isRow = side is CompassSide.East or CompassSide.West;
        var isFar = side is CompassSide.East or CompassSide.North;
        var (low, high) = (edges.Min(edge => edge.Low(isRow)), edges.Max(edge => edge.High(isRow)));
        var step = (high - low) / (double)Rays;
        var nearest = new (double At, int Edge)[Rays];
        Array.Fill(nearest, (0, -1));
        for (var i = 0; i < edges.Count; i++)
        {
            var first = (int)Math.Max(0, Math.Ceiling((edges[i].Low(isRow) - low) / step - 0.5));
            for (var ray = first; ray < Rays && low + (ray + 0.5) * step < edges[i].High(isRow); ray++)
            {
                var at = edges[i].Crossing(isRow, low + (ray + 0.5) * step);
                if (nearest[ray].Edge < 0 || (isFar ? at > nearest[ray].At : at < nearest[ray].At))
                    nearest[ray] = (at, i);
            }
        }

        var seen = nearest.Where(ray => ray.Edge >= 0).Select(ray => edges[ray.Edge]).ToList();
        if (isRow)
            seen.Reverse();
        return seen;
    }

    /// <summary>A piece of border with the grid to its left.</summary>
    private readonly record struct Edge(LatticePoint A, LatticePoint B, int Across)
    {
        /// <summary>The side that the outward normal points to, on the ground; halfway, east or west.</summary>
        public CompassSide Faces
        {
            get
            {
                var plane = LocalPlane.At(A.ToLonLat());
                var (east, north) = ((B.Y - A.Y) * plane.MetresPerDegreeNorth, (A.X - B.X) * plane.MetresPerDegreeEast);
                return Math.Abs(east) >= Math.Abs(north)
                    ? east > 0 ? CompassSide.East : CompassSide.West
                    : north > 0 ? CompassSide.North : CompassSide.South;
            }
        }

        public long Low(bool isRow) => isRow ? Math.Min(A.Y, B.Y) : Math.Min(A.X, B.X);

        public long High(bool isRow) => isRow ? Math.Max(A.Y, B.Y) : Math.Max(A.X, B.X);

        /// <summary>Where a row (a latitude) or a column (a longitude) crosses it.</summary>
        public double Crossing(bool isRow, double at) => isRow
            ? A.X + (at - A.Y) / (B.Y - A.Y) * (B.X - A.X)
            : A.Y + (at - A.X) / (B.X - A.X) * (B.Y - A.Y);
    }
}
