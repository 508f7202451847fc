using System.Diagnostics;
using GridMap.Core.Grids;
using GridMap.Core.Tiles;
using NetTopologySuite.IO;
using Npgsql;

namespace GridMap.Bench.Tiles;

/// <summary>
/// The other contender: ST_AsMVT over stored geometry in EPSG:3857 with a GiST index, on a private cluster, and timed on the server, so
/// that no connection slows it down.
/// </summary>
internal sealed class PostgisTiles : IAsyncDisposable
{
    private readonly string data;
    private readonly NpgsqlDataSource source;

    private PostgisTiles(string data, NpgsqlDataSource source) => (this.data, this.source) = (data, source);

    public static PostgisTiles Start()
    {
        // cluster.sh makes a folder that the user postgres can pass through.
        var made = Path.Combine(Path.GetTempPath(), $"gridmap-bench-{Environment.ProcessId}");
        Cluster("start", made, "fsync=off", "full_page_writes=off");
        var owner = Cluster("env", made).Split('\n').Single(line => line.StartsWith("GRIDMAP_DATABASE_OWNER=", StringComparison.Ordinal));
        return new PostgisTiles(made, NpgsqlDataSource.Create(owner[(owner.IndexOf('=') + 1)..].Trim('\'')));
    }

    /// <summary>Fills a table: the grids of one or several levels, with what our tiles say of them.</summary>
    public async Task LoadAsync(string table, IReadOnlyList<GridShape> grids)
    {
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, $"create table {table}_4326 (id bigint, level int, code text, name text, kind text, parent text, geom geometry)");
        var codes = grids.ToDictionary(grid => grid.Id, grid => grid.Code);
        await using (var copy = await connection.BeginTextImportAsync($"copy {table}_4326 from stdin"))
        {
            var wkb = new WKBWriter();
            foreach (var grid in grids)
            {
                var parent = grid.ParentId is { } id ? codes[id] : "\\N";
                var geometry = Convert.ToHexString(wkb.Write(grid.Polygon));
                await copy.WriteAsync($"{grid.Id}\t{grid.Level}\t{grid.Code}\t{TileTerritory.Name(grid.Code)}\t{TileTerritory.Kind}\t{parent}\t{geometry}\n");
            }
        }

        await ExecuteAsync(connection, $"""
            create table {table} as
            select id, level, code, name, kind, parent, st_multi(st_transform(st_setsrid(geom, 4326), 3857))::geometry(multipolygon, 3857) as geom
            from {table}_4326 order by level, st_geohash(st_centroid(st_setsrid(geom, 4326)));
            create index on {table} using gist (geom);
            drop table {table}_4326;
            """);
        await ExecuteAsync(connection, $"vacuum analyze {table}");
        await ExecuteAsync(connection, Functions(table));
    }

    /// <summary>Makes tiles one after the other: how long each took on the server, in milliseconds.</summary>
    public async Task<double[]> TimesAsync(string table, IReadOnlyList<TileCoord> tiles, int deepestLevel)
    {
        await using var command = source.CreateCommand($"select {table}_times($1, $2, $3, $4)");
        command.CommandTimeout = 600;
        command.Parameters.AddWithValue(tiles[0].Z);
        command.Parameters.AddWithValue(tiles.Select(tile => tile.X).ToArray());
        command.Parameters.AddWithValue(tiles.Select(tile => tile.Y).ToArray());
        command.Parameters.AddWithValue(deepestLevel);
        return (double[])(await command.ExecuteScalarAsync())!;
    }

    public async Task<byte[]> TileAsync(string table, TileCoord tile, int deepestLevel)
    {
        await using var command = source.CreateCommand($"select {table}_tile({tile.Z}, {tile.X}, {tile.Y}, {deepestLevel})");
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        Cluster("stop", data);
        Directory.Delete(data, recursive: true);
    }

    // In PL/pgSQL, so that plans are made once.
    private static string Functions(string table) => $"""
        create function {table}_tile(z int, x int, y int, deepest int) returns bytea language plpgsql as $$
        declare
          tile bytea := '';
          square geometry := st_tileenvelope(z, x, y);
          around geometry := st_tileenvelope(z, x, y, margin => 64.0 / 4096);
        begin
          for of_level in 1 .. deepest loop
            tile := tile || (
              select st_asmvt(t, 'grids-' || of_level, 4096, 'geom', 'id')
              from (select id, code, name, level, kind, parent, st_asmvtgeom(geom, square, 4096, 64, true) as geom
                    from {table} where level = of_level and geom && around) t
              where geom is not null);
          end loop;
          return tile;
        end $$;
        create function {table}_times(z int, xs int[], ys int[], deepest int) returns float8[] language plpgsql as $$
        declare
          times float8[] := '{"{}"}';
          start timestamptz;
        begin
          for i in 1 .. array_length(xs, 1) loop
            start := clock_timestamp();
            perform {table}_tile(z, xs[i], ys[i], deepest);
            times := times || (extract(epoch from clock_timestamp() - start) * 1000)::float8;
          end loop;
          return times;
        end $$;
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    private static string Cluster(params string[] arguments)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "GridMap.sln")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run the bench from the repository: it needs scripts/cluster.sh.");
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(root, "scripts", "cluster.sh"), arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"scripts/cluster.sh {string.Join(' ', arguments)} failed.");
    }
}
