using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;

namespace GridMap.Core.Tests.Coverages;

/// <summary>
/// A township at random: Voronoi cells about 200 m across, near 23 degrees north, that touch exactly, grouped into parents level by level. Cells at
/// the rim are left out, so the territory has a ragged edge; some cells within are left out too.
/// </summary>
internal sealed class RandomPartition
{
    public const double Lon = 113.1;
    public const double Lat = 23.0;
    private const double Side = 0.02;

    public RandomPartition(int seed, int cells, int levels)
    {
        var random = new Random(seed);
        var sites = Enumerable.Range(0, cells)
            .Select(_ => new Coordinate(Lon + Lattice.Snap(random.NextDouble() * Side), Lat + Lattice.Snap(random.NextDouble() * Side)))
            .ToList();
        var builder = new VoronoiDiagramBuilder();
        builder.SetSites(sites);
        var inner = new Envelope(Lon, Lon + Side, Lat, Lat + Side);
        var diagram = builder.GetDiagram(new GeometryFactory());
        var polygons = diagram.Geometries.Cast<Polygon>()
            .Where(cell => inner.Contains(cell.EnvelopeInternal) && random.Next(20) > 0)
            .Select(Snap)
            .Where(cell => cell.IsValid)
            .ToList();

        var innermost = polygons.Select((polygon, i) => new CoverageInput(i + 1, $"c{i}", levels, null, polygon)).ToList();
        Inputs = [.. innermost];
        for (var level = levels - 1; level >= 1; level--)
            Group(random, level);
    }

    /// <summary>All levels; the outer ones dissolved.</summary>
    public List<CoverageInput> Inputs { get; }

    /// <summary>The innermost grids alone.</summary>
    public List<CoverageInput> Cells => [.. Inputs.Where(input => input.Geometry is not null).Select(input => input with { ParentId = null, Level = 1 })];

    /// <summary>
    /// Each cell's own copy of every vertex moved by less than the given metres in each axis; a cell that would cross itself stays.
    /// </summary>
    /// <param name="inputs">Cells.</param>
    /// <param name="seed">Another jitter for another seed.</param>
    /// <param name="metres">The farthest in each axis.</param>
    /// <param name="holdRim">Leaves the vertices that lie on the outer border where they are.</param>
    public static List<CoverageInput> Jitter(IReadOnlyList<CoverageInput> inputs, int seed, double metres, bool holdRim)
    {
        var random = new Random(seed);
        var rim = holdRim ? RimOf(inputs) : [];
        return [.. inputs.Select(input => input with { Geometry = Jitter(input.Geometry!, random, metres, rim) })];
    }

    private static HashSet<Coordinate> RimOf(IEnumerable<CoverageInput> inputs)
    {
        var rim = new Dictionary<(Coordinate, Coordinate), int>();
        foreach (var ring in inputs.Select(input => input.Geometry!.Coordinates))
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var edge = ring[i - 1].CompareTo(ring[i]) < 0 ? (ring[i - 1], ring[i]) : (ring[i], ring[i - 1]);
                rim[edge] = rim.GetValueOrDefault(edge) + 1;
            }
        }
        return [.. rim.Where(edge => edge.Value == 1).SelectMany(edge => new[] { edge.Key.Item1, edge.Key.Item2 })];
    }

    private static Geometry Jitter(Geometry geometry, Random random, double metres, HashSet<Coordinate> rim)
    {
        var plane = LocalPlane.At(new LonLat(Lon, Lat));
        var ring = geometry.Coordinates[..^1]
            .Select(point => rim.Contains(point) ? point : new Coordinate(
                point.X + metres / plane.MetresPerDegreeEast * (2 * random.NextDouble() - 1),
                point.Y + metres / plane.MetresPerDegreeNorth * (2 * random.NextDouble() - 1)))
            .ToList();
        ring.Add(ring[0]);
        var jittered = geometry.Factory.CreatePolygon([.. ring]);
        return jittered.IsValid ? jittered : geometry;
    }

    private static Polygon Snap(Polygon cell)
    {
        var points = cell.Coordinates.Select(point => LatticePoint.From(point).ToCoordinate()).ToList();
        return Lattice.Factory.CreatePolygon([.. points.Where((point, i) => i == 0 || !point.Equals2D(points[i - 1]))]);
    }

    private void Group(Random random, int level)
    {
        var children = Inputs.Where(input => input.Level == level + 1).ToList();
        var parents = Math.Max(1, children.Count / 6);
        var seats = Enumerable.Range(0, parents).Select(_ => (Lon: Lon + random.NextDouble() * Side, Lat: Lat + random.NextDouble() * Side)).ToList();
        var firstId = Inputs.Max(input => input.Id) + 1;
        var places = children.ToDictionary(child => child.Id, PlaceOf);
        var used = new HashSet<long>();
        foreach (var child in children)
        {
            var place = places[child.Id];
            var nearest = Enumerable.Range(0, parents).MinBy(i => Math.Pow(seats[i].Lon - place.X, 2) + Math.Pow(seats[i].Lat - place.Y, 2));
            Inputs[Inputs.IndexOf(child)] = child with { ParentId = firstId + nearest };
            used.Add(firstId + nearest);
        }
        Inputs.AddRange(used.Order().Select(id => new CoverageInput(id, $"p{id}", level, null, null)));
    }

    private Coordinate PlaceOf(CoverageInput input) =>
        input.Geometry?.Centroid.Coordinate ?? PlaceOf(Inputs.First(child => child.ParentId == input.Id));
}
