using System.Diagnostics;
using GridMap.Api.Imports.Placing;
using GridMap.Api.Plans;
using GridMap.Core.Coverages;

namespace GridMap.Api.Imports;

/// <summary>Sums a build up for its report.</summary>
internal static class ImportReporting
{
    public static IReadOnlyList<ReportedRepairs> Repairs(IReadOnlyList<Repair> repairs, int listed) =>
        [.. repairs.GroupBy(repair => repair.Kind).OrderBy(group => group.Key).Select(group => new ReportedRepairs(
            group.Key.ToWireName(), group.Count(), Math.Round(group.Sum(repair => repair.SquareMetres), 4), Math.Round(group.Max(repair => repair.WidthMetres), 4),
            [.. group.Where(repair => !repair.Geometry.IsEmpty).Take(listed).Select(Place)]))];

    public static IReadOnlyList<ReportedDefects> Defects(IReadOnlyList<Defect> defects) =>
        [.. defects.GroupBy(defect => defect.Kind).OrderBy(group => group.Key).Select(group => new ReportedDefects(
            group.Key.ToWireName(), group.Count(), group.Count(defect => defect.Blocks),
            group.Any(defect => defect.Measure is { Unit: MeasureUnit.SquareMetres })
                ? Math.Round(group.Sum(defect => defect.Measure is { Unit: MeasureUnit.SquareMetres } measure ? measure.Value : 0), 4)
                : null))];

    public static IReadOnlyList<ReportedLevel> Levels(
        IReadOnlyList<PlacedGrid> placed, IReadOnlyList<PlanGrid> result, BaseState state, IReadOnlyList<PlanGrid> difference,
        IReadOnlyDictionary<int, double> squareMetresRead)
    {
        var was = state.Grids.Select(grid => grid.GridId).ToHashSet();
        var levels = result.Concat(difference).Select(grid => grid.Level).Distinct().Order();
        return [.. levels.Select(level => new ReportedLevel(
            level,
            placed.Count(grid => grid.IsImported && grid.Level == level),
            difference.Count(grid => grid.Level == level && !was.Contains(grid.GridId)),
            difference.Count(grid => grid.Level == level && !grid.Removed && was.Contains(grid.GridId)),
            difference.Count(grid => grid.Level == level && grid.Removed),
            result.Count(grid => grid.Level == level),
            squareMetresRead.TryGetValue(level, out var read) ? Math.Round(read, 3) : null,
            Math.Round(result.Where(grid => grid.Level == level).Sum(grid => grid.AreaSquareMetres), 3)))];
    }

    public static ReportedCounts Counts(CoverageCounts counts) => new(
        counts.Polygons, counts.InputEdges, counts.NodedEdges, counts.Faces, counts.GapFaces, Math.Round(counts.GapSquareMetres, 3),
        counts.OverlapFaces, Math.Round(counts.OverlapSquareMetres, 3), counts.OverhangFaces, Math.Round(counts.OverhangSquareMetres, 3));

    public static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static ReportedPlace Place(Repair repair)
    {
        var place = repair.Geometry.InteriorPoint;
        return new ReportedPlace(
            Math.Round(place.X, 9), Math.Round(place.Y, 9), [.. repair.Grids.Select(grid => grid.Code)],
            Math.Round(repair.SquareMetres, 4), Math.Round(repair.WidthMetres, 4));
    }
}
