using System.Text.Json;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;

namespace GridMap.Api.Grids;

/// <summary>A position on the wire, degrees, 9 decimals at most.</summary>
public sealed record Position(double Lon, double Lat)
{
    /// <summary>Nine decimals bring every lattice point back exactly; eight do not.</summary>
    public const int Decimals = 9;

    /// <summary>Degrees, east positive.</summary>
    public double Lon { get; } = Math.Round(Lon, Decimals);

    /// <summary>Degrees, north positive.</summary>
    public double Lat { get; } = Math.Round(Lat, Decimals);

    /// <summary>An envelope as west, south, east, north.</summary>
    public static double[] Bbox(NetTopologySuite.Geometries.Envelope box) =>
        [Math.Round(box.MinX, Decimals), Math.Round(box.MinY, Decimals), Math.Round(box.MaxX, Decimals), Math.Round(box.MaxY, Decimals)];
}

/// <summary>A grid without its polygon.</summary>
public record GridItem(
    long Id, string Code, string Name, int Level, [property: GridKind] string Kind, string? Parent, string? ParentName, double AreaSquareMetres, double AreaMu,
    double[] Bbox, Position Center, JsonElement Attributes, IReadOnlyList<Responsible> Responsible);

/// <summary>A grid with its place in the hierarchy.</summary>
public sealed record GridDetail(
    long Id, string Code, string Name, int Level, string Kind, string? Parent, string? ParentName, double AreaSquareMetres, double AreaMu, double[] Bbox,
    Position Center, JsonElement Attributes, IReadOnlyList<Responsible> Responsible,
    IReadOnlyList<GridReference> Chain, IReadOnlyList<GridReference> Children)
    : GridItem(Id, Code, Name, Level, Kind, Parent, ParentName, AreaSquareMetres, AreaMu, Bbox, Center, Attributes, Responsible);

/// <summary>What is needed to name a grid and to ask for it.</summary>
public sealed record GridReference(int Level, long Id, string Code, string Name, [property: GridKind] string Kind)
{
    public static GridReference To(GridFacts grid) => new(grid.Level, grid.Id, grid.Code, grid.Name, grid.Kind);
}

/// <summary>Puts grids of a snapshot on the wire.</summary>
public sealed class GridAnswers(PublicNames names, TimeProvider clock)
{
    private const double SquareMetresPerMu = 10_000d / 15;

    public GridItem Item(Snapshot snapshot, GridFacts grid)
    {
        var (box, parent) = (grid.Shape.Polygon.EnvelopeInternal, snapshot.Parent(grid));
        return new GridItem(
            grid.Id, grid.Code, grid.Name, grid.Level, grid.Kind, parent?.Code, parent?.Name,
            Math.Round(grid.AreaSquareMetres, 2), Math.Round(grid.AreaSquareMetres / SquareMetresPerMu, 3),
            Position.Bbox(box), new Position(grid.Center.X, grid.Center.Y), grid.Attributes,
            names.Of(grid, clock.GetUtcNow()));
    }

    public GridDetail Detail(Snapshot snapshot, GridFacts grid)
    {
        var item = Item(snapshot, grid);
        return new GridDetail(
            item.Id, item.Code, item.Name, item.Level, item.Kind, item.Parent, item.ParentName, item.AreaSquareMetres, item.AreaMu, item.Bbox, item.Center,
            item.Attributes, item.Responsible,
            [.. snapshot.Chain(grid).Select(GridReference.To)], [.. snapshot.Children(grid).Select(GridReference.To)]);
    }
}
