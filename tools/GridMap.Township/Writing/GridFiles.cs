using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using GridMap.Township.Grouping;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Writing;

/// <summary>grids-1.geojson to grids-4.geojson: the polygons in the coverage's canonical form, and the grids' facts.</summary>
internal static class GridFiles
{
    public static void Write(string folder, Grid town, Coverage coverage)
    {
        var polygons = coverage.ToShapes().ToDictionary(shape => shape.Code, shape => shape.Polygon);
        for (var level = 1; level <= 4; level++)
        {
            var file = new FeatureFile();
            foreach (var grid in town.AllOf(level))
            {
                var polygon = polygons[grid.Code];
                file.Add(polygon.NumGeometries == 1 ? polygon.GetGeometryN(0) : polygon, writer =>
                {
                    writer.WriteString("code", grid.Code);
                    writer.WriteString("name", grid.Name);
                    if (grid.Level > 1)
                        writer.WriteString("parent", ParentCode(grid.Code));
                    writer.WriteString("kind", grid.Kind);
                    if (grid.Level == 4)
                        writer.WriteNumber("households", grid.Households);
                    if (grid.Level == 3)
                        writer.WriteString("cooperative", grid.Cooperative);
                    if (grid.Telephone is not null)
                        writer.WriteString("telephone", grid.Telephone);
                });
            }

            file.Save(Path.Combine(folder, $"grids-{level}.geojson"));
        }
    }

    /// <summary>All grids as shapes with invented identities, outer levels first.</summary>
    public static List<GridShape> Shapes(Grid town)
    {
        var shapes = new List<GridShape>();
        var ids = new Dictionary<string, long>();
        for (var level = 1; level <= 4; level++)
        {
            foreach (var grid in town.AllOf(level))
            {
                ids[grid.Code] = shapes.Count + 1;
                long? parent = level == 1 ? null : ids[ParentCode(grid.Code)];
                shapes.Add(new GridShape(shapes.Count + 1, grid.Code, level, parent, grid.Shape.Factory.CreateMultiPolygon([Turned(grid.Shape)])));
            }
        }

        return shapes;
    }

    /// <summary>Shells counter-clockwise, holes clockwise, as a coverage reads them.</summary>
    private static Polygon Turned(Polygon polygon) => polygon.Factory.CreatePolygon(
        Turned(polygon.Shell, counterClockwise: true), [.. polygon.Holes.Select(hole => Turned(hole, counterClockwise: false))]);

    private static LinearRing Turned(LinearRing ring, bool counterClockwise) =>
        ring.IsCCW == counterClockwise ? ring : (LinearRing)ring.Reverse();

    private static string ParentCode(string code) => code[..^3];
}
