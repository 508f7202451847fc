using GridMap.Core.Coverages;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Bench.Tiles;

/// <summary>
/// Counts what is wrong with tiles of a level that leaves nothing out: rings that are invalid, and vertices that a neighbour does not have.
/// Every edge inside divides two grids, so it comes twice, once either way; where it does not, its ends are unmatched.
/// </summary>
internal sealed class TileTruth(TileTerritory territory)
{
    private const int First = -64, Last = 4160;

    private static readonly GeometryFactory Plane = new();
    private readonly STRtree<Coordinate> outline = Outline(territory.InnermostCoverage);

    /// <summary>Of one tile: its rings, those that are invalid, its vertices, and those that a neighbour in it does not have.</summary>
    public (int Rings, int Invalid, int Vertices, int Unmatched) Count(TileCoord tile, byte[] bytes)
    {
        var features = MvtReading.Read(bytes, "grids-1");
        var (rings, invalid) = (features.Sum(feature => feature.Rings.Count), features.Sum(feature => feature.Rings.Count(ring => !IsValid(ring))));
        var edges = features.SelectMany(feature => feature.Rings).SelectMany(Edges).ToHashSet();
        var unmatched = new HashSet<(double, double)>();
        foreach (var (a, b) in edges)
        {
            if (edges.Contains((b, a)) || RunsAlongSide(a, b) || IsOutline(tile, a) && IsOutline(tile, b))
                continue;
            unmatched.Add(a);
            unmatched.Add(b);
        }

        unmatched.RemoveWhere(IsOnSide);
        return (rings, invalid, edges.Select(edge => edge.From).Distinct().Count(), unmatched.Count);
    }

    /// <summary>Vertices in the strip that a tile and the one east of it both see, that only one of them has.</summary>
    public static int Apart(byte[] western, byte[] eastern)
    {
        var here = Strip(western, 0);
        var there = Strip(eastern, 4096);
        here.SymmetricExceptWith(there);
        return here.Count;
    }

    private static HashSet<(double X, double Y)> Strip(byte[] bytes, double shift) =>
        [.. MvtReading.Read(bytes, "grids-1").SelectMany(feature => feature.Rings).SelectMany(ring => ring)
            .Select(point => (X: point.X + shift, point.Y)).Where(point => point is { X: > 4032 and < 4160, Y: > First and < Last })];

    private static bool IsValid(Coordinate[] ring) => ring.Length > 3 && Plane.CreatePolygon(ring).IsValid;

    private static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Edges(Coordinate[] ring) =>
        ring.Zip(ring.Skip(1), (a, b) => ((a.X, a.Y), (b.X, b.Y)));

    private static bool RunsAlongSide((double X, double Y) a, (double X, double Y) b) =>
        a.X == b.X && a.X is First or Last || a.Y == b.Y && a.Y is First or Last;

    private static bool IsOnSide((double X, double Y) point) => point.X is First or Last || point.Y is First or Last;

    // What is left of the outline strays by 2 units and is rounded by half of one; what lies nearer than 5 to it is not judged.
    private bool IsOutline(TileCoord tile, (double X, double Y) point)
    {
        var world = 4096.0 * (1 << tile.Z);
        var (x, y) = ((tile.X * 4096 + point.X) / world, (tile.Y * 4096 + point.Y) / world);
        var near = new Envelope(x - 5 / world, x + 5 / world, y - 5 / world, y + 5 / world);
        return outline.Query(near).Count > 0;
    }

    private static STRtree<Coordinate> Outline(Coverage coverage)
    {
        var tree = new STRtree<Coordinate>();
        var projected = new ProjectedArcs(coverage);
        for (var arc = 0; arc < coverage.Arcs.Count; arc++)
        {
            if (coverage.Arcs[arc].LeftFace != 0 && coverage.Arcs[arc].RightFace != 0)
                continue;
            var points = projected.Of(arc);
            for (var i = 1; i < points.Length; i++)
            {
                var a = new Coordinate((double)points[i - 1].X / MercatorPoint.WorldUnits, (double)points[i - 1].Y / MercatorPoint.WorldUnits);
                var b = new Coordinate((double)points[i].X / MercatorPoint.WorldUnits, (double)points[i].Y / MercatorPoint.WorldUnits);
                tree.Insert(new Envelope(a, b), a);
            }
        }

        tree.Build();
        return tree;
    }
}
