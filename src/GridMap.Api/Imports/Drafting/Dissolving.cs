using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports.Drafting;

/// <summary>
/// Makes the levels outside the innermost one of the values of its fields: a grid is the union of the features that share a
/// value. A value of an inner field must lie under one value of the field outside it. Not thread safe.
/// </summary>
internal sealed class Dissolving
{
    private readonly ImportRequest request;
    private readonly List<(string Field, string? NameField)> fields = [];
    private readonly Dictionary<(int Level, string Code), GridDraft> made = [];

    /// <exception cref="ProblemException">A field is not there.</exception>
    public Dissolving(ImportRequest request, IReadOnlyList<SourceFeature> features)
    {
        this.request = request;
        var present = SourceFields.Present(features);
        foreach (var (field, nameField) in request.Dissolve)
        {
            fields.Add((
                SourceFields.Find(present, field, "dissolve"),
                nameField is null ? null : SourceFields.Find(present, nameField, "dissolve")));
        }
    }

    /// <summary>The dissolved grids of all features seen, without polygons: the coverage unites their children.</summary>
    public IEnumerable<GridDraft> Drafts => made.Values;

    /// <summary>The code of the dissolved grid that a feature lies in.</summary>
    /// <param name="feature">A feature of the innermost level.</param>
    /// <param name="bad">Told of a value that is missing or no code.</param>
    /// <exception cref="ProblemException">A value lies under two of the level outside it.</exception>
    public string? ParentOf(SourceFeature feature, List<string> bad)
    {
        var outermost = request.Innermost - fields.Count;
        string? parent = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (Drafter.Code(fields[i].Field, feature, bad, required: true) is not { } code)
                return null;
            Add(feature, outermost + i, code, parent, fields[i].NameField);
            parent = code;
        }

        return parent;
    }

    private void Add(SourceFeature feature, int level, string code, string? parent, string? nameField)
    {
        if (!made.TryGetValue((level, code), out var known))
        {
            made.Add((level, code), new GridDraft(level, code, Drafter.Text(feature, nameField), null, parent, null, $"{feature} (dissolved)"));
            return;
        }

        if (known.ParentCode != parent)
        {
            throw new ProblemException(Problem.Bad(
                "dissolve", "dissolve_ambiguous",
                $"{code} lies in {known.ParentCode} ({known.Source}) and in {parent} ({feature}): dissolve names the outermost field first, and each value lies in one of the field before it."));
        }
    }
}
