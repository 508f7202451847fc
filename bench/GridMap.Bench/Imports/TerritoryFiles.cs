using System.Globalization;
using System.Text;
using GridMap.Bench.Territories;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Bench.Imports;

/// <summary>A generated territory as planners send it: one file a level, with code, name and the parent's code.</summary>
internal static class TerritoryFiles
{
    /// <summary>Writes the territory.</summary>
    /// <param name="plan">How large it is.</param>
    /// <param name="driver">GDAL's name of the format.</param>
    /// <param name="ending">Of the files, with the dot.</param>
    /// <param name="folder">Where they go.</param>
    /// <returns>The files by rising level, and the number of innermost grids.</returns>
    public static (IReadOnlyList<string> Files, int Innermost) Write(TerritoryPlan plan, string driver, string ending, string folder)
    {
        var grids = Territory.Create(plan);
        var codes = grids.ToDictionary(grid => grid.Id, grid => grid.Code);
        var files = new List<string>();
        for (var level = 1; level <= TerritoryPlan.Levels; level++)
        {
            var text = Path.Combine(folder, $"level{level}.geojsonl");
            using (var writer = new StreamWriter(text))
            {
                foreach (var grid in grids.Where(grid => grid.Level == level))
                    writer.WriteLine(Feature(grid, grid.ParentId is { } parent ? codes[parent] : null));
            }

            var file = Path.Combine(folder, $"level{level}{ending}");
            BenchCluster.Run("ogr2ogr", ["-f", driver, "-a_srs", "EPSG:4490", file, text]);
            File.Delete(text);
            files.Add(file);
        }

        return (files, grids.Count(grid => grid.Level == TerritoryPlan.Levels));
    }

    private static string Feature(GridShape grid, string? parent)
    {
        var text = new StringBuilder($"{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{grid.Code}\",\"name\":\"网格{grid.Code}\"");
        if (parent is not null)
            text.Append(CultureInfo.InvariantCulture, $",\"parent\":\"{parent}\"");
        text.Append("},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[");
        var polygon = (Polygon)grid.Polygon.GetGeometryN(0);
        Append(text, polygon.ExteriorRing);
        foreach (var hole in polygon.InteriorRings)
            Append(text.Append(','), hole);
        return text.Append("]}}").ToString();
    }

    private static void Append(StringBuilder text, LineString ring)
    {
        for (var i = 0; i < ring.NumPoints; i++)
        {
            text.Append(i == 0 ? '[' : ',');
            text.Append(CultureInfo.InvariantCulture, $"[{ring.CoordinateSequence.GetX(i):R},{ring.CoordinateSequence.GetY(i):R}]");
        }

        text.Append(']');
    }
}
