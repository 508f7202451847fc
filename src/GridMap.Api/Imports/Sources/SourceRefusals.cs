using GridMap.Api.Hosting;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Imports.Sources;

/// <summary>What a sender is told of a source that cannot be imported.</summary>
internal static class SourceRefusals
{
    private const int ListedLayers = 50;

    public static ProblemException TooLarge() =>
        new(Problem.Bad("file", "too_large", "The layer is larger than is accepted. Send a smaller extract."));

    public static ProblemException CrsMissing(SourceDataset dataset)
    {
        var reason = dataset.Format == SourceFormat.Shapefile ? " (a Shapefile needs its .prj)" : "";
        return new ProblemException(Problem.Bad(
            "crs", "crs_missing",
            $"{dataset.Name} does not say which coordinate reference system it is in{reason}. Name it with crs (--crs): {SourceCrs.Accepted}."));
    }

    public static ProblemException Layers(string code, string why, IEnumerable<(string Name, string Geometry)> layers)
    {
        var all = layers.ToList();
        var names = all.Take(ListedLayers).Select(layer => $"\"{layer.Name}\" ({layer.Geometry})");
        return new ProblemException(Problem.Bad("layer", code, $"{why}The layers are: {string.Join(", ", names)}.")
            with
        { Extensions = new Dictionary<string, object?> { ["layers"] = all.Select(layer => new { name = layer.Name, geometry = layer.Geometry }).ToList() } });
    }

    /// <summary>The GeoJSON reader's words, with the feature counted from 1.</summary>
    public static ProblemException Of(SourceDataset dataset, GeoJsonException e)
    {
        var (problem, number) = (e.Problem, e.Problem.Feature + 1);
        if (problem.Code == GeoJsonCodes.NotUtf8 && dataset.Format != SourceFormat.GeoJson)
        {
            return new ProblemException(Problem.Bad(
                "encoding", "encoding_unknown",
                $"The texts of {dataset.Name} are neither UTF-8 nor GBK, and nothing says what they are. Name it with encoding (--encoding), such as CP1252 or BIG5."));
        }

        var place = number is null ? "" : $"feature {number}: ";
        return new ProblemException(Problem.Bad("file", problem.Code, $"{dataset.Name}: {place}{e.Message}.") with
        {
            Extensions = new Dictionary<string, object?> { ["feature"] = number, ["path"] = problem.Path, ["byte"] = problem.ByteOffset },
        });
    }
}
