using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>
/// One ring on the lattice. A long one has a box around each run of its edges, so that those far away cost one look a run.
/// Immutable and thread safe.
/// </summary>
internal readonly struct Ring
{
    /// <summary>Edges in a run.</summary>
    private const int RunEdges = 32;

    private readonly LatticeBox[]? boxes;

    /// <summary>A ring that <see cref="IsShort"/>, of a shell.</summary>
    public Ring(double[] ordinates) => Ordinates = ordinates;

    /// <param name="ordinates">lon, lat, lon, lat … in degrees, closed; not copied.</param>
    /// <param name="isHole">Whether the polygon is outside of it.</param>
    public Ring(double[] ordinates, bool isHole)
    {
        (Ordinates, IsHole) = (ordinates, isHole);
        if (!IsShort)
            boxes = Boxes();
    }

    /// <summary>lon, lat, lon, lat … in degrees, closed, in no direction that means anything.</summary>
    public double[] Ordinates { get; }

    /// <summary>Whether the polygon is outside of it.</summary>
    public bool IsHole { get; }

    /// <summary>One run, which has no box.</summary>
    public bool IsShort => Edges <= 2 * RunEdges;

    /// <summary>How many runs there are.</summary>
    public int Runs => boxes?.Length ?? 1;

    private int Edges => Ordinates.Length / 2 - 1;

    /// <summary>The box of a run; false when it has none.</summary>
    public bool TryGetBox(int run, out LatticeBox box)
    {
        box = boxes is null ? default : boxes[run];
        return boxes is not null;
    }

    /// <summary>The ordinates of a run: one point more than edges, the last being the first of the next run.</summary>
    public ReadOnlySpan<double> Run(int run)
    {
        if (boxes is null)
            return Ordinates;
        var first = run * RunEdges;
        return Ordinates.AsSpan(2 * first, 2 * (Math.Min(RunEdges, Edges - first) + 1));
    }

    /// <summary>Whether the point lies within the ring, on it, or outside; exactly.</summary>
    public Location Locate(LatticePoint point)
    {
        var inside = false;
        for (var run = 0; run < Runs; run++)
        {
            if (TryGetBox(run, out var box) && (box.MaxY < point.Y || box.MinY > point.Y || box.MaxX < point.X))
                continue;
            if (TouchesOrCrosses(Run(run), point, ref inside))
                return Location.Boundary;
        }
        return inside ? Location.Interior : Location.Exterior;
    }

    /// <summary>True when a point lies on an edge; else turns the flag for each edge that a ray from it to the east crosses.</summary>
    private static bool TouchesOrCrosses(ReadOnlySpan<double> ordinates, LatticePoint point, ref bool inside)
    {
        // Lattice values are exact as doubles, so that what is to one side of the point is seen without a conversion.
        double x = point.X / Lattice.UnitsPerDegree, y = point.Y / Lattice.UnitsPerDegree;
        for (var i = 2; i < ordinates.Length; i += 2)
        {
            double ax = ordinates[i - 2], ay = ordinates[i - 1], bx = ordinates[i], by = ordinates[i + 1];
            bool aAbove = ay > y, bAbove = by > y;
            if ((aAbove && bAbove) || (ay < y && by < y) || (ax < x && bx < x))
                continue;
            LatticePoint a = new(Lattice.ToUnits(ax), Lattice.ToUnits(ay)), b = new(Lattice.ToUnits(bx), Lattice.ToUnits(by));
            var side = LatticePredicates.Orientation(a, b, point);
            if (side == 0 && LatticePredicates.IsOnSegment(point, a, b))
                return true;
            // An edge counts that has one end above the ray and the other on or below it.
            inside ^= aAbove != bAbove && (side > 0) == bAbove;
        }
        return false;
    }

    private LatticeBox[] Boxes()
    {
        var all = new LatticeBox[(Edges + RunEdges - 1) / RunEdges];
        for (var i = 0; i < all.Length; i++)
        {
            var box = LatticeBox.Empty;
            for (var at = 2 * i * RunEdges; at <= 2 * Math.Min((i + 1) * RunEdges, Edges); at += 2)
                box = box.Including(new LatticePoint(Lattice.ToUnits(Ordinates[at]), Lattice.ToUnits(Ordinates[at + 1])));
            all[i] = box;
        }
        return all;
    }
}
