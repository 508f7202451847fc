using System.Collections.Immutable;
using Dapper;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using Npgsql;
using NpgsqlTypes;

namespace GridMap.Api.Tests.Locating;

/// <summary>The rule of lookup as the database states it: <c>ST_Covers</c>, deepest level, lowest code by its bytes, ancestors by parent link.</summary>
internal sealed class PostgisLocator : ILocator
{
    private const string Schema = """
        create table if not exists grid (
            id bigint primary key,
            code text collate "C" not null,
            level integer not null,
            parent_id bigint,
            geom geometry(MultiPolygon, 4490) not null);
        create index if not exists grid_geom on grid using gist (geom);
        truncate grid;
        """;

    private const string LocateSql = """
        with recursive point as (
            select n, ST_SetSRID(ST_MakePoint(lon, lat), 4490) as geom
            from unnest(@lon, @lat) with ordinality as p (lon, lat, n)
        ),
        deepest as (
            select distinct on (p.n) p.n, g.id, g.parent_id, not ST_Contains(g.geom, p.geom) as on_boundary
            from point p join grid g on ST_Covers(g.geom, p.geom)
            order by p.n, g.level desc, g.code
        ),
        chain as (
            select n, on_boundary, id, parent_id, 0 as depth from deepest
            union all
            select c.n, c.on_boundary, g.id, g.parent_id, c.depth + 1 from chain c join grid g on g.id = c.parent_id
        )
        select n, on_boundary, array_agg(id order by depth desc) from chain group by n, on_boundary
        """;

    private const string TouchingSql = """
        select id from grid
        where level = @level and ST_Covers(geom, ST_SetSRID(ST_MakePoint(@Lon, @Lat), 4490))
        order by code
        """;

    private readonly NpgsqlDataSource source;
    private readonly Dictionary<long, int> positions;

    /// <summary>Puts the grids, and only these, into the database.</summary>
    public PostgisLocator(NpgsqlDataSource source, IReadOnlyList<GridShape> grids)
    {
        this.source = source;
        Grids = grids;
        positions = new Dictionary<long, int>(grids.Select((g, i) => KeyValuePair.Create(g.Id, i)));
        using var connection = source.OpenConnection();
        connection.Execute(Schema);
        using (var copy = connection.BeginBinaryImport("copy grid (id, code, level, parent_id, geom) from stdin (format binary)"))
        {
            foreach (var grid in grids)
            {
                copy.StartRow();
                copy.Write(grid.Id, NpgsqlDbType.Bigint);
                copy.Write(grid.Code, NpgsqlDbType.Text);
                copy.Write(grid.Level, NpgsqlDbType.Integer);
                if (grid.ParentId is { } parent)
                    copy.Write(parent, NpgsqlDbType.Bigint);
                else
                    copy.WriteNull();
                copy.Write(grid.Polygon);
            }
            copy.Complete();
        }
        connection.Execute("analyze grid");
    }

    public IReadOnlyList<GridShape> Grids { get; }

    public PointLocation Locate(LonLat point)
    {
        var locations = new PointLocation[1];
        LocateAll([point], locations);
        return locations[0];
    }

    public void LocateAll(ReadOnlySpan<LonLat> points, Span<PointLocation> locations)
    {
        locations.Clear();
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(LocateSql, connection);
        command.Parameters.AddWithValue("lon", Array.ConvertAll(points.ToArray(), p => p.Lon));
        command.Parameters.AddWithValue("lat", Array.ConvertAll(points.ToArray(), p => p.Lat));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var chain = reader.GetFieldValue<long[]>(2).Select(id => positions[id]).ToImmutableArray();
            locations[(int)reader.GetInt64(0) - 1] =
                new PointLocation(reader.GetBoolean(1) ? PointMatch.Boundary : PointMatch.Interior, chain);
        }
    }

    public void LocateInnermost(ReadOnlySpan<LonLat> points, Span<int> grids)
    {
        var locations = new PointLocation[points.Length];
        LocateAll(points, locations);
        for (var i = 0; i < points.Length; i++)
            grids[i] = locations[i].Grid;
    }

    public IReadOnlyList<int> Touching(LonLat point, int level)
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<long>(TouchingSql, new { level, point.Lon, point.Lat }).Select(id => positions[id])];
    }
}
