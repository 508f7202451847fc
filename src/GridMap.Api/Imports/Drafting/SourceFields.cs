using System.Text.Json;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports.Drafting;

/// <summary>Which property of a level's features holds what: as the sender said, else guessed from its name. Immutable.</summary>
/// <param name="Level">The level.</param>
/// <param name="Code">Null when codes are made.</param>
/// <param name="Name">Null: none.</param>
/// <param name="Parent">Null: parents are found by place.</param>
/// <param name="Kind">Null: none.</param>
/// <param name="Households">Null: none.</param>
/// <param name="Guessed">Which of them were guessed, for the report.</param>
internal sealed record SourceFields(
    int Level, string? Code, string? Name, string? Parent, string? Kind, string? Households, IReadOnlyList<string> Guessed)
{
    /// <summary>The refusal's code when no field of codes was recognised.</summary>
    public const string NoCodeField = "code_field_missing";

    private const int FeaturesLookedAt = 10_000;

    // In the order in which they are tried; names as planning and statistics offices use them, latin initials of pinyin included.
    private static readonly string[] Codes =
        ["code", "网格编码", "编码", "网格代码", "代码", "grid_code", "gridcode", "wgbm", "wgdm", "bm", "dm", "区划代码", "xzqdm", "zldwdm", "adcode", "codebase"];

    private static readonly string[] Names =
        ["name", "网格名称", "名称", "grid_name", "gridname", "wgmc", "mc", "区划名称", "xzqmc", "zldwmc"];

    private static readonly string[] Parents =
        ["parent", "上级编码", "上级", "父级编码", "上级网格编码", "parent_code", "parentcode", "sjbm", "sjdm"];

    private static readonly string[] Kinds = ["kind", "网格类型", "类型", "wglx"];

    private static readonly string[] HouseholdCounts = ["households", "户数", "总户数", "hushu"];

    /// <summary>Decides for one level.</summary>
    /// <exception cref="ProblemException">A field that was named is not there, or none holds codes.</exception>
    public static SourceFields Choose(ImportLevel level, IReadOnlyList<SourceFeature> features, bool makesCodes)
    {
        var present = Present(features);
        var guessed = new List<string>();
        var asked = level.Fields;
        var code = makesCodes ? null : Pick(asked.Code, Codes, "codeField", "code");
        if (code is null && !makesCodes)
        {
            throw new ProblemException(Problem.Bad(
                "codeField", NoCodeField,
                $"Which field holds the codes of level {level.Level}? Name it with codeField (--code-field), or have codes made with generateCodes. {List(present)}"));
        }

        return new SourceFields(
            level.Level, code, Pick(asked.Name, Names, "nameField", "name"), Pick(asked.Parent, Parents, "parentField", "parent"),
            Pick(asked.Kind, Kinds, "kindField", "kind"), Pick(asked.Households, HouseholdCounts, "householdsField", "households"), guessed);

        string? Pick(string? named, string[] candidates, string option, string what)
        {
            if (named is not null)
                return Find(present, named, option);
            var found = candidates.Select(candidate => present.Find(name => name.Equals(candidate, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(name => name is not null);
            if (found is not null)
                guessed.Add(what);
            return found;
        }
    }

    /// <summary>The property that a sender means, whatever the case of its letters.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static string Find(List<string> present, string named, string option) =>
        present.Find(name => name == named) ?? present.Find(name => name.Equals(named, StringComparison.OrdinalIgnoreCase))
        ?? throw new ProblemException(Problem.Bad(option, "field_unknown", $"There is no field \"{named}\". {List(present)}"));

    /// <summary>The names of all properties.</summary>
    public static List<string> Present(IEnumerable<SourceFeature> features)
    {
        var names = new List<string>();
        var seen = new HashSet<string>();
        foreach (var feature in features.Take(FeaturesLookedAt).Where(f => f.Feature.Properties.ValueKind == JsonValueKind.Object))
        {
            foreach (var property in feature.Feature.Properties.EnumerateObject())
            {
                if (seen.Add(property.Name))
                    names.Add(property.Name);
            }
        }

        return names;
    }

    private static string List(List<string> present) =>
        present.Count == 0 ? "There are no fields." : $"The fields are: {string.Join(", ", present.Take(60))}.";
}
