using System.Diagnostics;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Checks;

/// <summary>What a check found.</summary>
/// <param name="Generation">The generation that was checked.</param>
/// <param name="Points">How many points were looked up.</param>
/// <param name="OnBorders">How many of them lie on a border of some grid.</param>
/// <param name="Answers">How many answers were compared: one a point and level, and one a point for the rule.</param>
/// <param name="Mismatches">Answers that differ; must be 0.</param>
/// <param name="LocatorSeconds">Time of the locator.</param>
/// <param name="PostgisSeconds">Time of PostGIS.</param>
public sealed record LocatorCheckResult(
    int Generation, int Points, int OnBorders, long Answers, int Mismatches, double LocatorSeconds, double PostgisSeconds);

/// <summary>
/// Holds the locator to PostGIS over the generation that is published: for each point the set of grids that cover it on every
/// level, and the grid that answers by the published rule.
/// </summary>
internal sealed class LocatorCheck(Database database, SnapshotLoader loader)
{
    private const string CoversSql =
        """
        select p.n, v.level::int, v.grid_id
        from grid_version v join check_point p on p.geom && v.geom and st_covers(v.geom, p.geom)
        where v.from_generation <= @number and (v.to_generation is null or v.to_generation > @number)
        """;

    // The rule itself, as an issue is assigned: deepest level, lowest code.
    private const string RuleSql =
        """
        select distinct on (p.n) p.n, v.grid_id
        from grid_version v join check_point p on p.geom && v.geom and st_covers(v.geom, p.geom)
        where v.from_generation <= @number and (v.to_generation is null or v.to_generation > @number)
        order by p.n, v.level desc, v.code
        """;

    public async Task<LocatorCheckResult> RunAsync(int points, int ties, int seed, CancellationToken cancel)
    {
        var snapshot = await loader.LoadAsync(number: null, held: null, cancel);
        var shapes = snapshot.Grids.Select(grid => grid.Shape).ToList();
        var random = new Random(seed);
        var drawn = CheckPoints.Random(shapes, points, random).Concat(CheckPoints.Ties(shapes, ties, random)).ToArray();

        var locating = Stopwatch.StartNew();
        var levels = shapes.Max(shape => shape.Level);
        var touching = drawn.Select(point => Enumerable.Range(1, levels).Select(level => snapshot.Locator.Touching(point, level)).ToArray()).ToArray();
        var innermost = new int[drawn.Length];
        snapshot.Locator.LocateInnermost(drawn, innermost);
        locating.Stop();

        var asking = Stopwatch.StartNew();
        await using var connection = await database.OpenAsync(cancel);
        await CopyAsync(connection, drawn, cancel);
        var covers = await ReadCoversAsync(connection, snapshot.Generation.Number, drawn.Length, levels, cancel);
        var rule = await ReadRuleAsync(connection, snapshot.Generation.Number, drawn.Length, cancel);
        asking.Stop();

        var mismatches = 0;
        var onBorders = 0;
        for (var n = 0; n < drawn.Length; n++)
        {
            var answered = innermost[n] < 0 ? 0 : shapes[innermost[n]].Id;
            mismatches += answered == rule[n] ? 0 : 1;
            onBorders += snapshot.Locator.Locate(drawn[n]).Match == Core.Locating.PointMatch.Boundary ? 1 : 0;
            for (var level = 0; level < levels; level++)
            {
                var mine = touching[n][level].Select(grid => shapes[grid].Id).Order();
                mismatches += mine.SequenceEqual(covers[n * levels + level].Order()) ? 0 : 1;
            }
        }

        return new LocatorCheckResult(
            snapshot.Generation.Number, drawn.Length, onBorders, (long)drawn.Length * (levels + 1), mismatches,
            locating.Elapsed.TotalSeconds, asking.Elapsed.TotalSeconds);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, LonLat[] points, CancellationToken cancel)
    {
        await ExecuteAsync(connection, "create temp table check_point (n int not null, geom geometry (Point, 4490) not null)", cancel);
        await using (var writer = await connection.BeginBinaryImportAsync("copy check_point from stdin (format binary)", cancel))
        {
            for (var n = 0; n < points.Length; n++)
            {
                await writer.StartRowAsync(cancel);
                await writer.WriteAsync(n, cancel);
                await writer.WriteAsync<Geometry>(Lattice.Factory.CreatePoint(new Coordinate(points[n].Lon, points[n].Lat)), cancel);
            }

            await writer.CompleteAsync(cancel);
        }

        // Polygons drive: each is prepared once and asked about all its points.
        await ExecuteAsync(connection, "create index on check_point using gist (geom)", cancel);
        await ExecuteAsync(connection, "analyze check_point", cancel);
    }

    private static async Task<List<long>[]> ReadCoversAsync(NpgsqlConnection connection, int number, int points, int levels, CancellationToken cancel)
    {
        var covers = new List<long>[points * levels];
        for (var i = 0; i < covers.Length; i++)
        {
            covers[i] = [];
        }

        await using var command = Command(connection, CoversSql, number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            covers[reader.GetInt32(0) * levels + reader.GetInt32(1) - 1].Add(reader.GetInt64(2));
        }

        return covers;
    }

    private static async Task<long[]> ReadRuleAsync(NpgsqlConnection connection, int number, int points, CancellationToken cancel)
    {
        var rule = new long[points];
        await using var command = Command(connection, RuleSql, number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rule[reader.GetInt32(0)] = reader.GetInt64(1);
        }

        return rule;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, int number)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("number", number);
        return command;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
