using System.Globalization;
using System.Text.RegularExpressions;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports;

/// <summary>
/// An import as it was written: named values, and files by level. The command line and the HTTP form both fill it, so that
/// both are checked here. A field option may end in <c>.N</c> and then is of level N alone.
/// </summary>
internal sealed partial class ImportForm
{
    private static readonly string[] Known =
    [
        "level", "codeField", "nameField", "parentField", "kindField", "householdsField", "dissolve", "crs", "encoding", "tolerance", "mode",
        "layer", "parent", "name", "generateCodes", "merge", "kind", "plan", "dryRun",
    ];

    private static readonly string[] PerLevel = ["codeField", "nameField", "parentField", "kindField", "householdsField"];

    private readonly Dictionary<string, string> values = [];
    private readonly List<(ImportFile File, int? Level)> files = [];

    /// <summary>The files added so far.</summary>
    public IEnumerable<ImportFile> Files => files.Select(entry => entry.File);

    /// <summary>The values, for the record.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Adds a value; an empty one is none.</summary>
    /// <exception cref="ProblemException">There is no such option, or it came twice.</exception>
    public void Set(string name, string? value)
    {
        var (stem, level) = Split(name);
        if (!Known.Contains(stem) || (level is not null && !PerLevel.Contains(stem)))
            throw new ProblemException(Problem.Bad(Shown(name), "option_unknown", $"There is no option {Shown(name)}; there are {string.Join(", ", Known)}."));
        if (string.IsNullOrWhiteSpace(value))
            return;
        if (!values.TryAdd(name, value.Trim()))
            throw new ProblemException(Problem.Bad(name, "option_twice", $"{name} was given twice."));
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">The form's name of it: <c>file</c>, or <c>file.N</c> for a file of level N.</param>
    /// <param name="file">The file.</param>
    public void Add(string name, ImportFile file)
    {
        var (stem, level) = Split(name);
        if (stem != "file")
            throw new ProblemException(Problem.Bad(Shown(name), "option_unknown", $"Files are sent as file, or file.N for level N; not as {Shown(name)}."));
        files.Add((file, level));
    }

    /// <summary>The request that this amounts to.</summary>
    /// <param name="levelCount">N.</param>
    /// <exception cref="ProblemException">A value has no meaning.</exception>
    public ImportRequest ToRequest(int levelCount)
    {
        if (files.Count == 0)
            throw new ProblemException(Problem.Bad("file", "file_missing", "Send at least one file."));
        var level = Value("level") is { } text ? LevelOf(text, "level", levelCount) : levelCount;
        var levels = files.GroupBy(entry => entry.Level ?? level).OrderBy(group => group.Key).Select(group => new ImportLevel(
            LevelOf(group.Key.ToString(CultureInfo.InvariantCulture), "file", levelCount), [.. group.Select(entry => entry.File)], FieldsOf(group.Key))).ToList();
        var dissolve = DissolveOf(Value("dissolve"));
        CheckLevels(levels, dissolve);
        return new ImportRequest
        {
            Levels = levels,
            Dissolve = dissolve,
            Crs = SourceCrs.Parse(Value("crs")),
            Encoding = Value("encoding"),
            Layer = Value("layer"),
            PlanName = Value("name"),
            Plan = Value("plan") is { } plan ? PlanOf(plan) : null,
            IsDryRun = Value("dryRun") is { } dryRun && FlagOf(dryRun, "dryRun"),
            Rules = RulesOf(levels[^1]),
        };
    }

    private ImportRules RulesOf(ImportLevel innermost)
    {
        var generate = Value("generateCodes");
        if (generate is not null && innermost.Fields.Code is not null)
            throw new ProblemException(Problem.Bad("generateCodes", "codes_twice", "Give either codeField or generateCodes, not both."));
        if (generate is not null and not "parent" && Core.Codes.CodeLayout.ForPrefix(generate) is null)
        {
            throw new ProblemException(Problem.Bad(
                "generateCodes", "prefix_invalid", "generateCodes is the 12 digits of a community, the 15 digits of a unit grid, or the word parent."));
        }

        return new ImportRules
        {
            Mode = Value("mode") is { } mode ? ModeOf(mode) : null,
            Parent = Value("parent"),
            ToleranceMetres = ToleranceOf(Value("tolerance")),
            GenerateCodes = generate,
            Merge = Value("merge") is { } merge && FlagOf(merge, "merge"),
            Kind = Value("kind") is { } kind ? GridKind.Parse(kind, "kind") : "village",
        };
    }

    private static void CheckLevels(List<ImportLevel> levels, List<DissolveField> dissolve)
    {
        var innermost = levels[^1].Level;
        if (dissolve.Count >= innermost)
        {
            throw new ProblemException(Problem.Bad(
                "dissolve", "too_many_levels", $"Level {innermost} has {innermost - 1} levels outside it; dissolve names {dissolve.Count}."));
        }

        if (levels.FirstOrDefault(l => l.Level < innermost && l.Level >= innermost - dissolve.Count) is { } twice)
            throw new ProblemException(Problem.Bad("dissolve", "level_twice", $"Level {twice.Level} comes both from a file and from dissolve."));
        var made = levels.Select(l => l.Level).Concat(Enumerable.Range(innermost - dissolve.Count, dissolve.Count)).Order().ToList();
        if (made[^1] - made[0] != made.Count - 1)
            throw new ProblemException(Problem.Bad("level", "level_missing", $"Levels {string.Join(", ", made)} are imported: there is a level missing between them."));
    }

    private FieldChoice FieldsOf(int level)
    {
        return new FieldChoice(For("codeField"), For("nameField"), For("parentField"), For("kindField"), For("householdsField"));

        string? For(string name) => Value($"{name}.{level}") ?? Value(name);
    }

    private static List<DissolveField> DissolveOf(string? text)
    {
        var fields = new List<DissolveField>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var names = part.Split(':', 2, StringSplitOptions.TrimEntries);
            fields.Add(new DissolveField(names[0], names.Length == 2 && names[1].Length > 0 ? names[1] : null));
        }

        return fields;
    }

    private static int LevelOf(string text, string field, int levelCount) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level >= 1 && level <= levelCount
            ? level
            : throw new ProblemException(Problem.Bad(field, "bad_level", $"A level is 1 (outermost) to {levelCount} here."));

    private static long PlanOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plan)
            ? plan
            : throw new ProblemException(Problem.Bad("plan", "bad_plan", "plan is the number of a draft."));

    private static ImportMode ModeOf(string text) =>
        Enum.TryParse<ImportMode>(text, ignoreCase: true, out var mode) && !char.IsDigit(text[0])
            ? mode
            : throw new ProblemException(Problem.Bad("mode", "bad_mode", "mode is add, replace or match."));

    private static double ToleranceOf(string? text)
    {
        const double Widest = 50;
        if (text is null)
            return 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var metres) && metres >= 0 && metres <= Widest
            ? metres
            : throw new ProblemException(Problem.Bad("tolerance", "bad_tolerance", $"tolerance is metres, 0 to {Widest}."));
    }

    private static bool FlagOf(string text, string field) =>
        bool.TryParse(text, out var value) ? value : throw new ProblemException(Problem.Bad(field, "bad_flag", $"{field} is true or false."));

    private string? Value(string name) => values.GetValueOrDefault(name);

    private static (string Stem, int? Level) Split(string name)
    {
        var match = WithLevel().Match(name);
        return match.Success
            ? (match.Groups["stem"].Value, int.Parse(match.Groups["level"].Value, CultureInfo.InvariantCulture))
            : (name, null);
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    [GeneratedRegex(@"\A(?<stem>[A-Za-z]+)\.(?<level>[1-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithLevel();
}
