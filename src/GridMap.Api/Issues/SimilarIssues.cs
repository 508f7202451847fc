using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Issues;

/// <summary>An open issue that may be the one that somebody is about to report.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Category">Its category.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="DistanceMetres">How far away, to the next ten metres up: where exactly is not told.</param>
public sealed record SimilarIssue(string Number, string Category, [property: IssueState] string State, DateTimeOffset ReportedAt, int DistanceMetres);

/// <summary>Those near a place, nearest first.</summary>
public sealed record SimilarIssues(IReadOnlyList<SimilarIssue> Items);

/// <summary>Finds open issues near a place, of the same heading. Thread safe.</summary>
internal sealed class SimilarIssuesQuery(Database database)
{
    /// <summary>What is farther is another.</summary>
    public const double MaxMetres = 60;

    private const int Most = 5;
    private const int Step = 10;

    // The box by the index in degrees, the distance on the ellipsoid.
    private const string Sql =
        """
        select number, category, state, reported_at, st_distance(point::geography, @at::geography) as metres
        from issue
        where closed_at is null and point && st_expand(@at, @margin)
          and (@category::text is null or category = @category or category in (select c.code from category c join category own on own.code = @category where c.parent = own.parent))
          and (@visible::bigint[] is null or grid_id in (select reach(@visible)))
          and st_dwithin(point::geography, @at::geography, @MaxMetres)
        order by metres limit @Most
        """;

    public async Task<SimilarIssues> FindAsync(Caller caller, LonLat at, string? category, CancellationToken cancel)
    {
        const double DegreesPerMetre = 1 / 111_320d;
        var margin = MaxMetres * DegreesPerMetre / Math.Cos(at.Lat * Math.PI / 180);
        var parameters = new DynamicParameters(new { category, margin, MaxMetres, Most, visible = caller.ReachOf(Permission.SeeMap).Roots });
        parameters.Add("at", Lattice.Factory.CreatePoint(new Coordinate(at.Lon, at.Lat)));
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Number, string Category, string State, DateTime ReportedAt, double Metres)>(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
        return new SimilarIssues([.. rows.Select(row => new SimilarIssue(row.Number, row.Category, row.State, row.ReportedAt, (int)Math.Ceiling(row.Metres / Step) * Step))]);
    }
}
