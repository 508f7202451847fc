using System.ComponentModel.DataAnnotations;
using GridMap.Core.Coverages;

namespace GridMap.Api.Settings;

/// <summary>What counts as a defect and what blocks publishing. Section <c>GridMap:Defects</c>, environment <c>GridMap__Defects__…</c>.</summary>
public sealed class DefectOptions : IValidatableObject
{
    public const string Section = "GridMap:Defects";

    /// <summary>A part of a grid with less area is a sliver, m².</summary>
    [Range(0, 10_000)]
    public double SliverSquareMetres { get; set; } = DefectRules.Default.SliverSquareMetres;

    /// <summary>A part of a grid with less mean width is a sliver, metres.</summary>
    [Range(0, 100)]
    public double SliverWidthMetres { get; set; } = DefectRules.Default.SliverWidthMetres;

    /// <summary>Kinds that block publishing beyond those that always do: gap, part_apart, nobody_responsible, households_out_of_range.</summary>
    public string[] AlsoBlocking { get; set; } = [];

    /// <summary>Levels on which a grid must be in one part.</summary>
    public int[] SinglePartLevels { get; set; } = [];

    /// <summary>An innermost grid has at least so many households, if their number is known.</summary>
    [Range(0, int.MaxValue)]
    public int HouseholdsFrom { get; set; } = 300;

    /// <summary>An innermost grid has at most so many households, if their number is known.</summary>
    [Range(0, int.MaxValue)]
    public int HouseholdsTo { get; set; } = 500;

    /// <summary>The same for Core.</summary>
    public DefectRules ToRules() => new()
    {
        SliverSquareMetres = SliverSquareMetres,
        SliverWidthMetres = SliverWidthMetres,
        AlsoBlocking = [.. AlsoBlocking.Select(name => DefectKinds.TryParse(name, out var kind) ? kind : throw new InvalidOperationException($"{name} is no kind of defect."))],
        SinglePartLevels = [.. SinglePartLevels],
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in AlsoBlocking.Where(name => !DefectKinds.TryParse(name, out _)))
            yield return new ValidationResult($"{name} is no kind of defect.", [nameof(AlsoBlocking)]);
        if (HouseholdsFrom > HouseholdsTo)
            yield return new ValidationResult("HouseholdsFrom is above HouseholdsTo.", [nameof(HouseholdsFrom)]);
    }
}
