using System.Globalization;
using Dapper;
using GridMap.Api.Points;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Demonstration;

/// <summary>Loads the township's issues with their courses; the grids come from the same spatial query as for everybody, and their points from the same rules.</summary>
internal sealed class DemonstrationIssues(Database database, PointsScoring points)
{
    // "filed" is told in the files and is a later step here: such an issue is still reported.
    private const string InsertSql =
        """
        insert into issue (number, category, description, reporter, point, state, reported_at, due_at, updated_at, closed_at,
                           claimed_by, rectified_by, verified_by)
        select to_char(@reported at time zone 'Asia/Shanghai', 'YYMMDD') || '-' || lpad(nextval('issue_number')::text, 5, '0'),
               c.code, @description, @source, @point, @state, @reported,
               @reported + c.limit_value::float8 * case c.limit_unit when 'workdays' then interval '1 day' else interval '1 hour' end,
               coalesce(@writtenOff, @rectified, @claimed, @reported), @writtenOff, @claimedBy, @rectifiedBy, @verifiedBy
        from category c where c.code = @category
        returning id
        """;

    private const string AssignSql =
        """
        update issue i set assigned_generation = 1, grid_id = (
            select v.grid_id from grid_version v
            where v.to_generation is null and v.geom && i.point and st_covers(v.geom, i.point)
            order by v.level desc, v.code limit 1)
        """;

    private const string LogSql =
        """
        insert into issue_event (issue_id, at, transition, from_state, to_state, by_name, person_id)
        values (@id, @at, @transition, @from, @to, @by, @person)
        """;

    private const string DueSql = "insert into issue_due (issue_id, at, due_at, certain, why) select id, reported_at, due_at, true, 'report' from issue order by id";

    public async Task LoadAsync(DemonstrationFiles files, Dictionary<string, DemonstrationPerson> known, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var log = new List<object>();
        foreach (var row in files.Table("issues.csv"))
        {
            var times = new Times(
                files.Instant(row["reported"])!.Value, files.Instant(row["claimed"]), files.Instant(row["rectified"]), files.Instant(row["writtenOff"]));
            var who = new People(Find(known, row["claimedBy"]), Find(known, row["rectifiedBy"]), Find(known, row["verifiedBy"]));
            var parameters = new DynamicParameters(new
            {
                category = row["category"],
                description = row["description"],
                source = row["source"],
                state = row["state"] == "filed" ? "reported" : row["state"],
                reported = times.Reported,
                claimed = times.Claimed,
                rectified = times.Rectified,
                writtenOff = times.WrittenOff,
                claimedBy = who.Claimed?.Name,
                rectifiedBy = who.Rectified?.Name,
                verifiedBy = who.Verified?.Name,
            });
            parameters.Add("point", (Geometry)Lattice.Factory.CreatePoint(new Coordinate(Degrees(row["lon"]), Degrees(row["lat"]))));
            var id = await connection.ExecuteScalarAsync<long>(InsertSql, parameters, transaction);
            log.AddRange(Course(id, times, who, row["source"]));
        }

        await connection.ExecuteAsync(AssignSql, transaction: transaction);
        await connection.ExecuteAsync(LogSql, log, transaction);
        await connection.ExecuteAsync(DueSql, transaction: transaction);
        await points.ScoreLoadedAsync(transaction);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static IEnumerable<object> Course(long id, Times times, People who, string source)
    {
        yield return new { id, at = times.Reported, transition = "report", from = (string?)null, to = "reported", by = source, person = (long?)null };
        if (times.Claimed is { } claimed)
        {
            yield return new { id, at = claimed, transition = "claim", from = "reported", to = "claimed", by = who.Claimed?.Name ?? "", person = who.Claimed?.Id };
        }

        if (times.Rectified is { } rectified)
        {
            yield return new { id, at = rectified, transition = "rectify", from = "claimed", to = "rectified", by = who.Rectified?.Name ?? "", person = who.Rectified?.Id };
        }

        if (times.WrittenOff is { } writtenOff)
        {
            yield return new { id, at = writtenOff, transition = "verify", from = "rectified", to = "writtenOff", by = who.Verified?.Name ?? "", person = who.Verified?.Id };
        }
    }

    private static DemonstrationPerson? Find(Dictionary<string, DemonstrationPerson> known, string id) => id.Length == 0 ? null : known[id];

    private static double Degrees(string text) => Lattice.Snap(double.Parse(text, CultureInfo.InvariantCulture));

    private sealed record Times(DateTime Reported, DateTime? Claimed, DateTime? Rectified, DateTime? WrittenOff);

    private sealed record People(DemonstrationPerson? Claimed, DemonstrationPerson? Rectified, DemonstrationPerson? Verified);
}
