using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>The arcs of a coverage on the fine Mercator square, in its order. Immutable and thread safe.</summary>
internal sealed class ProjectedArcs
{
    // An edge is straight in degrees and so a little bent on the map. It gets points where it would stray by more than 1/16 of
    // the smallest tile unit (under 1 cm).
    private const double MaxStray = 256;

    // Up to 55 m in latitude no edge strays that far, not even at 85 degrees.
    private const long AlwaysStraight = (long)(0.0005 * Lattice.UnitsPerDegree);

    private readonly MercatorPoint[] points;
    private readonly int[] starts;

    /// <summary>Projects all arcs, each point once.</summary>
    public ProjectedArcs(Coverage coverage)
    {
        var projected = new List<MercatorPoint>(coverage.Arcs.Sum(arc => arc.Points.Length));
        starts = new int[coverage.Arcs.Count + 1];
        for (var arc = 0; arc < coverage.Arcs.Count; arc++)
        {
            var lattice = coverage.Arcs[arc].Points.Span;
            projected.Add(WebMercator.Project(lattice[0]));
            for (var i = 1; i < lattice.Length; i++)
                AddEdge(projected, lattice[i - 1], lattice[i]);
            starts[arc + 1] = projected.Count;
        }

        points = [.. projected];
    }

    /// <summary>The points of an arc.</summary>
    public ReadOnlySpan<MercatorPoint> Of(int arc) => points.AsSpan(starts[arc]..starts[arc + 1]);

    private static void AddEdge(List<MercatorPoint> projected, LatticePoint from, LatticePoint to)
    {
        var (start, end) = (projected[^1], WebMercator.Project(to));
        if (Math.Abs(to.Y - from.Y) > AlwaysStraight)
        {
            var middle = Lattice.ToDegrees(from.Y + to.Y) / 2;
            var stray = Math.Abs(WebMercator.Y(middle) * MercatorPoint.WorldUnits - (start.Y + end.Y) / 2.0);
            var pieces = (int)Math.Ceiling(Math.Sqrt(stray / MaxStray));
            for (var i = 1; i < pieces; i++)
            {
                var share = (double)i / pieces;
                var lat = Lattice.ToDegrees(from.Y) + Lattice.ToDegrees(to.Y - from.Y) * share;
                projected.Add(new MercatorPoint(
                    start.X + (long)Math.Round((end.X - start.X) * share),
                    (long)Math.Round(WebMercator.Y(lat) * MercatorPoint.WorldUnits)));
            }
        }

        projected.Add(end);
    }
}
