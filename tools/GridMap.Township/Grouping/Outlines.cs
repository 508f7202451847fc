using GridMap.Core.Coordinates;
using GridMap.Township.Chance;
using GridMap.Township.Landscape;
using GridMap.Township.Parcels;
using GridMap.Township.Plane;
using NetTopologySuite.Algorithm.Construct;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Township.Grouping;

/// <summary>Gives every grid its polygon: the union of its parcels. Some places stand as islands inside one micro-grid.</summary>
internal static class Outlines
{
    private static readonly (string Name, Use Ground)[] Islands =
    [
        ("云岫寺", Use.Wood), ("云顶通信站", Use.Wood), ("石岐头变电站", Use.Field), ("禾澜气象站", Use.Field), ("罗坑取水站", Use.Field),
        ("麦冈农业示范园", Use.Field), ("海沙泵站", Use.Field), ("文昌塔", Use.Field),
    ];

    public static void Draw(Grid town, IReadOnlyList<Parcel> parcels, Seeded chance)
    {
        for (var level = 1; level <= 4; level++)
        {
            foreach (var grid in town.AllOf(level))
            {
                var union = CoverageUnion.Union(Lattice.Factory.CreateGeometryCollection([.. grid.Parcels.Select(id => parcels[id].Shape)]));
                grid.Shape = union as Polygon
                    ?? throw new InvalidOperationException($"A grid of level {level} is in {union.NumGeometries} pieces.");
            }
        }

        Thinning.Thin(town);
        Carve(town, parcels, chance);
    }

    /// <summary>Cuts a hole into a large micro-grid for each of a few places, and fills it with a special grid.</summary>
    private static void Carve(Grid town, IReadOnlyList<Parcel> parcels, Seeded chance)
    {
        var hosts = town.AllOf(3).Where(zone => zone.Kind == Kinds.Village)
            .SelectMany(zone => zone.Children.Where(grid => grid.ProperName is null).Select(grid => (Zone: zone, Grid: grid)))
            .OrderByDescending(host => host.Grid.Shape.Area).Take(160).ToList();
        chance.Shuffle(hosts);
        var used = new HashSet<Grid>();
        foreach (var (name, ground) in Islands)
        {
            var (zone, host) = hosts.First(candidate => !used.Contains(candidate.Zone) && IsOf(ground, candidate.Grid, parcels));
            var circle = Inscribed(host);
            var reach = circle.GetCenter().Distance(circle.GetRadiusPoint());
            var ring = Ring(circle.GetCenter().Coordinate, Math.Min(reach * 0.55, chance.Range(42, 75)), chance);
            host.Shape = Lattice.Factory.CreatePolygon(
                host.Shape.Shell, [.. host.Shape.Holes, (LinearRing)ring.Reverse()]);
            zone.Children.Add(new Grid(4, Kinds.Special, []) { ProperName = name, Shape = Lattice.Factory.CreatePolygon(ring) });
            used.Add(zone);
        }
    }

    private static MaximumInscribedCircle Inscribed(Grid grid) => new(DrawingBoard.ToMetres(grid.Shape), 2);

    private static bool IsOf(Use ground, Grid grid, IReadOnlyList<Parcel> parcels)
    {
        var middle = Inscribed(grid).GetCenter();
        return grid.Parcels.Any(id => parcels[id].Use == ground && parcels[id].Metres.Contains(middle));
    }

    private static LinearRing Ring(Coordinate middle, double radius, Seeded chance)
    {
        const int Corners = 14;
        var points = new Coordinate[Corners + 1];
        var stretch = chance.Range(1.0, 1.35);
        for (var i = 0; i < Corners; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (i + chance.Around(0.3)) / Corners);
            var length = radius * (0.82 + 0.18 * chance.Unit());
            points[i] = DrawingBoard.ToLattice(new Coordinate(middle.X + cos * length, middle.Y + sin * length / stretch));
        }

        points[Corners] = points[0].Copy();
        return Lattice.Factory.CreateLinearRing(points);
    }
}
