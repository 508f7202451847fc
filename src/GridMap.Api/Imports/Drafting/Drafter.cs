using System.Text.Json;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Imports.Drafting;

/// <summary>What drafting found.</summary>
/// <param name="Drafts">All levels.</param>
/// <param name="Fields">By level that came from files.</param>
/// <param name="Skipped">Features without polygons, with the reason.</param>
/// <param name="SquareMetres">By level: the area that came in.</param>
internal sealed record DraftedGrids(
    IReadOnlyList<GridDraft> Drafts, IReadOnlyList<SourceFields> Fields, IReadOnlyList<SkippedFeature> Skipped,
    IReadOnlyDictionary<int, double> SquareMetres);

/// <summary>A feature that makes no grid.</summary>
public sealed record SkippedFeature(string Source, int Feature, string Reason);

/// <summary>Makes drafts of grids from the features of one import. Used once; not thread safe.</summary>
internal sealed class Drafter(ImportRequest request)
{
    private const int Listed = 10;

    private readonly List<GridDraft> drafts = [];
    private readonly List<SourceFields> fields = [];
    private readonly List<SkippedFeature> skipped = [];
    private readonly Dictionary<int, double> squareMetres = [];

    /// <summary>Drafts all levels.</summary>
    /// <param name="features">By level.</param>
    /// <exception cref="ProblemException">Codes are missing, malformed or, unless they are to be merged, not unique in a way that could be told apart.</exception>
    public DraftedGrids Draft(IReadOnlyDictionary<int, List<SourceFeature>> features)
    {
        foreach (var level in request.Levels)
        {
            if (!features[level.Level].Any(SourcePolygons.Any))
                throw new ProblemException(Problem.Bad("file", "no_polygons", $"Of {features[level.Level].Count} features of level {level.Level} none is a polygon."));
            var isInnermost = level.Level == request.Innermost;
            var chosen = SourceFields.Choose(level, features[level.Level], isInnermost && request.Rules.GenerateCodes is not null);
            fields.Add(chosen);
            var dissolving = isInnermost && request.Dissolve.Count > 0 ? new Dissolving(request, features[level.Level]) : null;
            DraftLevel(chosen, features[level.Level], dissolving);
            if (dissolving is not null)
                drafts.AddRange(dissolving.Drafts);
        }

        return new DraftedGrids(drafts, fields, skipped, squareMetres);
    }

    private void DraftLevel(SourceFields chosen, List<SourceFeature> features, Dissolving? dissolving)
    {
        var bad = new List<string>();
        var made = new List<GridDraft>();
        var taken = new TakenPolygons[features.Count];
        Parallel.For(0, taken.Length, i => taken[i] = SourcePolygons.Of(features[i]));
        for (var i = 0; i < taken.Length; i++)
        {
            var feature = features[i];
            if (taken[i].Refusal != EntryRefusal.None)
                throw SourcePolygons.Refuse(feature, taken[i]);
            if (taken[i].Polygons is not { } polygons)
            {
                skipped.Add(new SkippedFeature(feature.Source, feature.Number, feature.Feature.Geometry is { IsEmpty: false } ? "not_polygonal" : "no_geometry"));
                continue;
            }

            squareMetres[chosen.Level] = squareMetres.GetValueOrDefault(chosen.Level) + taken[i].SquareMetres;
            var code = Code(chosen.Code, feature, bad, required: chosen.Code is not null);
            var parent = dissolving?.ParentOf(feature, bad) ?? Code(chosen.Parent, feature, bad, required: false);
            made.Add(new GridDraft(chosen.Level, code, Text(feature, chosen.Name), KindOf(feature, chosen.Kind), parent, polygons, feature.ToString())
            {
                Households = chosen.Households is null ? null : CodeText.ReadCount(Property(feature, chosen.Households)),
            });
        }

        if (bad.Count > 0)
        {
            throw new ProblemException(Problem.Bad(
                "codeField", "code_invalid", $"{bad.Count} features have a code that is missing or no code. {string.Join("; ", bad.Take(Listed))}{(bad.Count > Listed ? "; …" : ".")}"));
        }

        drafts.AddRange(request.Rules.Merge ? Merged(made) : made);
    }

    private static IEnumerable<GridDraft> Merged(List<GridDraft> drafts) =>
        drafts.GroupBy(draft => draft.Code ?? draft.Source).Select(group => group.Count() == 1
            ? group.First()
            : group.First() with
            {
                Geometry = group.First().Geometry!.Factory.CreateMultiPolygon(
                    [.. group.SelectMany(draft => ((MultiPolygon)draft.Geometry!).Geometries).Cast<Polygon>()]),
                Source = string.Join(", ", group.Select(draft => draft.Source)),
            });

    /// <summary>The code in a field; a fault is added to <paramref name="bad"/>.</summary>
    internal static string? Code(string? field, SourceFeature feature, List<string> bad, bool required)
    {
        if (field is null)
            return null;
        var fault = CodeText.Read(Property(feature, field), out var code);
        if (fault is not null)
            bad.Add($"{feature}: {field} {fault}");
        else if (code.Length == 0 && required)
            bad.Add($"{feature}: {field} is empty");
        return code.Length == 0 ? null : code;
    }

    internal static string? Text(SourceFeature feature, string? field)
    {
        const int LongestName = 200;
        var value = Property(feature, field);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text[..Math.Min(text.Length, LongestName)];
    }

    private static string? KindOf(SourceFeature feature, string? field) =>
        Text(feature, field) is { } word ? GridKind.Parse(word, "kindField") : null;

    private static JsonElement Property(SourceFeature feature, string? field) =>
        field is not null && feature.Feature.Properties.ValueKind == JsonValueKind.Object && feature.Feature.Properties.TryGetProperty(field, out var value)
            ? value
            : default;
}
