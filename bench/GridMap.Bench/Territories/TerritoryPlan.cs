namespace GridMap.Bench.Territories;

/// <summary>How large a generated territory is and where it lies. An immutable value.</summary>
/// <param name="Name">For the table of figures.</param>
/// <param name="Columns">Innermost grids from west to east.</param>
/// <param name="Rows">Innermost grids from south to north.</param>
/// <param name="Lon">Western border, degrees.</param>
/// <param name="Lat">Southern border, degrees.</param>
/// <param name="Degrees">Width and height.</param>
public sealed record TerritoryPlan(string Name, int Columns, int Rows, double Lon, double Lat, double Degrees)
{
    /// <summary>Levels, of which the last is the innermost.</summary>
    public const int Levels = 4;

    private static readonly (int Columns, int Rows)[] Blocks = [(60, 60), (20, 15), (4, 3), (1, 1)];

    /// <summary>A city: some 34,000 innermost grids of 32 vertices, 300 m wide.</summary>
    public static TerritoryPlan City { get; } = new("city", 182, 182, 113.0, 22.8, 0.5);

    /// <summary>A city's quarter, for a short run: some 2,000 innermost grids.</summary>
    public static TerritoryPlan Quarter { get; } = new("quarter", 45, 45, 113.0, 22.8, 0.125);

    /// <summary>A province: some 1,000,000 innermost grids, 500 m wide.</summary>
    public static TerritoryPlan Province { get; } = new("province", 985, 985, 112.0, 22.0, 5);

    /// <summary>How many innermost grids a grid of the level is wide and high.</summary>
    public (int Columns, int Rows) BlockOf(int level) => Blocks[level - 1];

    /// <summary>Whether there is no grid at this place.</summary>
    public bool IsMissing(int column, int row) => Noise.Of(column, row, 1) < 0.02;

    /// <summary>Whether the grid at this place surrounds a special grid.</summary>
    public bool IsCarved(int column, int row) => Noise.Of(column, row, 2) < 0.05;
}
