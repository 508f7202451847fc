using NetTopologySuite.Geometries;

namespace GridMap.Township.Grouping;

/// <summary>A grid in the making: its parcels and its children. Codes and names come last, when the whole is laid out.</summary>
internal sealed class Grid(int level, string kind, IReadOnlyList<int> parcels)
{
    public int Level { get; } = level;

    /// <summary>village, community, enterprise or special.</summary>
    public string Kind { get; } = kind;

    public IReadOnlyList<int> Parcels { get; set; } = parcels;

    public List<Grid> Children { get; } = [];

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The name of what the grid is made for (a school, a works), if it is; empty when it is still to be found.</summary>
    public string? ProperName { get; set; }

    /// <summary>The co-operative that a zone was cut from; an attribute, not a level.</summary>
    public string? Cooperative { get; set; }

    public string? Telephone { get; set; }

    /// <summary>The grid's polygon on the lattice, degrees.</summary>
    public Polygon Shape { get; set; } = Polygon.Empty;

    /// <summary>Households; a number of its own on innermost grids, a sum on the others.</summary>
    public int Households { get; set; }

    public IEnumerable<Grid> AllOf(int level) =>
        Level == level ? [this] : Children.SelectMany(child => child.AllOf(level));
}

internal static class Kinds
{
    public const string Village = "village";
    public const string Community = "community";
    public const string Enterprise = "enterprise";
    public const string Special = "special";
}
