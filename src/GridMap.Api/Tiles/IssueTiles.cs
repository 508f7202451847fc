using System.Security.Cryptography;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Tiles;

/// <summary>
/// Tiles of issues, read from the database for each request: public fields only, points rounded as everywhere in public. Thread safe.
/// </summary>
internal sealed class IssueTiles(Database database, TimeProvider clock)
{
    public const string Name = "issues";

    // More than a map can show; open ones and new ones come first.
    private const int MaxIssues = 20_000;

    // Rounding moves a point by up to 36 m, so those from beside the tile are read too.
    private const double MarginDegrees = 36.0 / 111_320;

    private const string Sql =
        """
        select number, category, state, due_at, closed_at, point
        from issue
        where point && @box and (@visible::bigint[] is null or grid_id in (select reach(@visible)))
        order by closed_at is null desc, id desc
        limit @most
        """;

    /// <summary>The layer of the tiles.</summary>
    public static TileLayer Layer { get; } = new(Name, 0, GridTiles.MaxZoom, new Dictionary<string, string>
    {
        ["number"] = "String",
        ["category"] = "String",
        ["state"] = "String",
        ["overdue"] = "Boolean",
    });

    /// <summary>One tile, compressed. A point is on one tile of a zoom only: clients draw it over the tile's side themselves.</summary>
    public async Task<TileAnswer> TileAsync(TileCoord tile, Caller caller, CancellationToken cancel)
    {
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var layer = new MvtWriter();
        var issues = layer.AddLayer(Name);
        var now = clock.GetUtcNow();
        foreach (var row in await ReadAsync(tile, visible, cancel))
        {
            var at = row.Point.Coordinate;
            if (Place(tile, PublicPoint.Round(new LonLat(at.X, at.Y))) is not { } point)
            {
                continue;
            }

            issues.AddPoint(null, point,
            [
                new MvtProperty("number", row.Number), new MvtProperty("category", row.Category), new MvtProperty("state", row.State),
                new MvtProperty("overdue", row.ClosedAt is null && row.DueAt < now),
            ]);
        }

        var bytes = layer.ToArray();
        return new TileAnswer(
            TileCache.Compress(bytes), visible is null ? TileAnswer.Revalidate : TileAnswer.Private, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)));
    }

    private async Task<IEnumerable<IssueRow>> ReadAsync(TileCoord tile, long[]? visible, CancellationToken cancel)
    {
        var box = tile.Envelope();

        // A step in longitude is longer in degrees by 1 / cos(latitude); at 85 degrees 11.5 times.
        var farthest = Math.Min(Math.Max(Math.Abs(box.MinY), Math.Abs(box.MaxY)), LonLat.MaxLat);
        box.ExpandBy(MarginDegrees / Math.Cos(double.DegreesToRadians(farthest)), MarginDegrees);
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryAsync<IssueRow>(new CommandDefinition(
            Sql, new { box = Lattice.Factory.ToGeometry(box), visible, most = MaxIssues }, cancellationToken: cancel));
    }

    private static TilePoint? Place(TileCoord tile, LonLat point)
    {
        var world = (double)MvtWriter.Extent * (1 << tile.Z);
        var place = new TilePoint(
            (int)Math.Floor(WebMercator.X(point.Lon) * world) - tile.X * MvtWriter.Extent,
            (int)Math.Floor(WebMercator.Y(point.Lat) * world) - tile.Y * MvtWriter.Extent);
        return place is { X: >= 0 and < MvtWriter.Extent, Y: >= 0 and < MvtWriter.Extent } ? place : null;
    }

    private sealed record IssueRow(string Number, string Category, string State, DateTime DueAt, DateTime? ClosedAt, Geometry Point);
}
