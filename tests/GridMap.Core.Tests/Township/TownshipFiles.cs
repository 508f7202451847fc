using System.Runtime.CompilerServices;
using GridMap.Core.Coordinates;
using GridMap.Core.GeoJson;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Township;

/// <summary>The files of data/shapes, as they are in the repository.</summary>
internal static class TownshipFiles
{
    /// <summary>The grids of all levels, outer levels first; identities count from 1.</summary>
    public static IReadOnlyList<GridShape> Shapes { get; } = ReadShapes();

    public static IEnumerable<GeoJsonFeature> Features(int level) => GeoJsonReader.ReadAll(File.ReadAllBytes(PathOf($"grids-{level}.geojson")));

    /// <summary>The lines after the header, cut at the first commas; the last column may hold commas of its own.</summary>
    public static IEnumerable<string[]> Rows(string file, int columns) =>
        File.ReadLines(PathOf(file)).Skip(1).Select(line => line.Split(',', columns));

    private static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../data/shapes", file);

    private static List<GridShape> ReadShapes()
    {
        var shapes = new List<GridShape>();
        var ids = new Dictionary<string, long>();
        for (var level = 1; level <= 4; level++)
        {
            foreach (var feature in Features(level))
            {
                var code = feature.Properties.GetProperty("code").GetString()!;
                long? parent = level == 1 ? null : ids[feature.Properties.GetProperty("parent").GetString()!];
                ids.Add(code, shapes.Count + 1);
                shapes.Add(new GridShape(shapes.Count + 1, code, level, parent, Parts(feature.Geometry!)));
            }
        }

        return shapes;
    }

    /// <summary>Nine decimals say which lattice point is meant; entering brings it back exactly.</summary>
    private static MultiPolygon Parts(Geometry geometry)
    {
        var parts = geometry as MultiPolygon ?? geometry.Factory.CreateMultiPolygon([(Polygon)geometry]);
        var entered = LatticeGeometry.Enter(parts, Datum.Cgcs2000);
        return Assert.IsType<MultiPolygon>(entered.Geometry);
    }
}
