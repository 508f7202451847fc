using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports;

/// <summary>What becomes of the grids that are there.</summary>
public enum ImportMode
{
    /// <summary>New grids in free space; no code may exist yet.</summary>
    Add,

    /// <summary>The levels that are imported are replaced, inside a parent if one is given; what is not in the import is removed.</summary>
    Replace,

    /// <summary>Grids are found by their codes, which must all exist, and take the new polygon.</summary>
    Match,
}

/// <summary>Which fields of a source hold what; null: guessed by its name.</summary>
public sealed record FieldChoice(string? Code, string? Name, string? Parent, string? Kind, string? Households);

/// <summary>The files of one level.</summary>
/// <param name="Level">1 (outermost) to N.</param>
/// <param name="Files">All of them together make the level.</param>
/// <param name="Fields">Their fields.</param>
public sealed record ImportLevel(int Level, IReadOnlyList<ImportFile> Files, FieldChoice Fields);

/// <summary>A field whose values make the grids of an outer level.</summary>
/// <param name="Field">Holds the code.</param>
/// <param name="NameField">Holds the name; null for none.</param>
public sealed record DissolveField(string Field, string? NameField);

/// <summary>An import, checked as far as that goes without reading the files. Immutable.</summary>
internal sealed record ImportRequest
{
    /// <summary>Outermost first.</summary>
    public required IReadOnlyList<ImportLevel> Levels { get; init; }

    /// <summary>Outermost first; the levels just outside the innermost one.</summary>
    public IReadOnlyList<DissolveField> Dissolve { get; init; } = [];

    /// <summary>The reference system; null for the files' own.</summary>
    public SourceCrs? Crs { get; init; }

    /// <summary>The encoding of texts; null for what the files tell.</summary>
    public string? Encoding { get; init; }

    /// <summary>The layer; null for the only one, <c>*</c> for all.</summary>
    public string? Layer { get; init; }

    public ImportRules Rules { get; init; } = new();

    /// <summary>The plan's name; null for one made of the files' names.</summary>
    public string? PlanName { get; init; }

    /// <summary>The plan that the import is an edit of; null: it makes a plan of its own.</summary>
    public long? Plan { get; init; }

    /// <summary>Only says what would come of it.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The innermost level that is imported from files.</summary>
    public int Innermost => Levels[^1].Level;
}

/// <summary>How features become grids of a state. Immutable.</summary>
internal sealed record ImportRules
{
    /// <summary>Null: replace, if nothing is published yet.</summary>
    public ImportMode? Mode { get; init; }

    /// <summary>The code of the grid that the import lies in; null for the whole territory.</summary>
    public string? Parent { get; init; }

    /// <summary>Gaps and overlaps narrower than this are closed, metres.</summary>
    public double ToleranceMetres { get; init; }

    /// <summary>A prefix of 12 or 15 digits, or <c>parent</c> for the parent's code: codes of the innermost level are made. Null: they are read.</summary>
    public string? GenerateCodes { get; init; }

    /// <summary>Several features of one code are one grid in parts.</summary>
    public bool Merge { get; init; }

    /// <summary>The kind of grids whose source tells none, and which are new.</summary>
    public string Kind { get; init; } = "village";
}
