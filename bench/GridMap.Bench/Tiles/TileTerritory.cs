using System.Diagnostics;
using GridMap.Bench.Territories;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using GridMap.Core.Tiles;

namespace GridMap.Bench.Tiles;

/// <summary>
/// One territory for both contenders: all its levels, and its innermost level alone. Where no innermost grid is there is one more,
/// so that every border of the innermost level divides two grids and a vertex without its like on the other side can be told.
/// </summary>
internal sealed class TileTerritory
{
    public const string Kind = "village";

    private TileTerritory(IReadOnlyList<GridShape> grids)
    {
        Grids = grids;
        (Coverage, All, PreparedIn) = Read(grids);
        Innermost = [.. grids.Where(grid => grid.Level == TerritoryPlan.Levels).Select(grid => grid with { Level = 1, ParentId = null })];
        (InnermostCoverage, InnermostAlone, InnermostPreparedIn) = Read(Innermost);
    }

    /// <summary>The grids of all levels.</summary>
    public IReadOnlyList<GridShape> Grids { get; }

    /// <summary>The innermost grids, as the only level.</summary>
    public IReadOnlyList<GridShape> Innermost { get; }

    public Coverage Coverage { get; }

    public Coverage InnermostCoverage { get; }

    /// <summary>The product's own tiles.</summary>
    public GridTiles All { get; }

    /// <summary>The same of the innermost grids alone, which draws them on every zoom.</summary>
    public GridTiles InnermostAlone { get; }

    /// <summary>How long it took to make what all tiles need.</summary>
    public TimeSpan PreparedIn { get; }

    public TimeSpan InnermostPreparedIn { get; }

    public static TileTerritory Create(TerritoryPlan plan)
    {
        var grids = Territory.Create(plan);
        return new TileTerritory([.. grids, .. Missing(CoverageReader.Read(grids).Coverage!, grids.Count)]);
    }

    public static string Name(string code) => $"网格 {code}";

    public static List<GridCaption> Captions(Coverage coverage) =>
        [.. coverage.Grids.Select(grid => new GridCaption(Name(grid.Code), Kind))];

    private static IEnumerable<GridShape> Missing(Coverage coverage, long lastId)
    {
        var tracing = new RegionTracing(coverage.Map);
        for (var face = 1; face < coverage.Faces.Count; face++)
        {
            var parent = coverage.Faces[face].GridAt(TerritoryPlan.Levels - 1);
            if (parent >= 0 && coverage.Faces[face].GridAt(TerritoryPlan.Levels) < 0)
                yield return new GridShape(++lastId, $"{coverage.Grids[parent].Code}m{face}", TerritoryPlan.Levels, coverage.Grids[parent].Id, tracing.Polygon([face]));
        }
    }

    private static (Coverage Coverage, GridTiles Tiles, TimeSpan PreparedIn) Read(IReadOnlyList<GridShape> grids)
    {
        var coverage = CoverageReader.Read(grids).Coverage!;
        var start = Stopwatch.GetTimestamp();
        var tiles = new GridTiles(coverage, Captions(coverage));
        tiles.Prepare();
        return (coverage, tiles, Stopwatch.GetElapsedTime(start));
    }
}
