using Dapper;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using NpgsqlTypes;

namespace GridMap.Api.Tests.Storage;

/// <summary>Geometry to PostGIS and back, bit for bit.</summary>
public sealed class GeometryMappingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<string> Shapes =>
    [
        "POINT (113.5 23.25)",
        "LINESTRING (113 23, 113.5 23.25, 114 23)",
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
        "MULTIPOINT ((1 1), (2 2))",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))",
        "POINT EMPTY",
        "MULTIPOLYGON EMPTY",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_kind_of_geometry_comes_back_as_it_went_in(string wkt)
    {
        var sent = Read(wkt);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select @geom, ST_SRID(@geom), ST_AsText(@geom)", connection);
        command.Parameters.AddWithValue("geom", sent);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        var received = reader.GetFieldValue<Geometry>(0);
        Assert.IsType(sent.GetType(), received);
        Assert.IsType(sent.GetType(), reader.GetValue(0));
        Assert.True(sent.EqualsExact(received), $"{sent} came back as {received}");
        Assert.Equal(Lattice.Srid, received.SRID);
        Assert.Equal(Lattice.Srid, reader.GetInt32(1));
        Assert.True(sent.EqualsExact(Read(reader.GetString(2))), "PostGIS reads the same");
    }

    [Fact]
    public async Task Lattice_values_are_bit_exact_both_ways_and_as_text()
    {
        var random = new Random(20261122);
        var points = Enumerable.Range(0, 2000)
            .Select(_ => new Coordinate(
                Lattice.ToDegrees(random.NextInt64(-24_159_191_040, 24_159_191_041)),
                Lattice.ToDegrees(random.NextInt64(-11_408_506_880, 11_408_506_881))))
            .ToArray();
        var sent = Lattice.Factory.CreateLineString(points);
        await using var connection = await database.Source.OpenConnectionAsync();
        var received = await connection.ExecuteScalarAsync<Geometry>("select @sent::geometry", new { sent = (Geometry)sent });
        Assert.Equal(points.Select(Bits), received!.Coordinates.Select(Bits));
        var asked = await connection.QueryAsync<(double X, double Y)>(
            "select ST_X(p.geom), ST_Y(p.geom) from ST_DumpPoints(@sent::geometry) as p order by p.path", new { sent = (Geometry)sent });
        Assert.Equal(points.Select(Bits), asked.Select(point => Bits(new Coordinate(point.X, point.Y))));
    }

    [Fact]
    public async Task Null_goes_in_and_comes_out()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        Assert.Null(await connection.ExecuteScalarAsync<Geometry>("select @geom::geometry", new { geom = (Geometry?)null }));
        var row = await connection.QuerySingleAsync<Row>("select null::geometry as geom, 7 as id");
        Assert.Equal(new Row(null, 7), row);
    }

    [Fact]
    public async Task Dapper_fills_records_with_geometry()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var row = await connection.QuerySingleAsync<Row>("select 'SRID=4490;POINT(1 2)'::geometry as geom, 7 as id");
        Assert.Equal("POINT (1 2)", row.Geom!.AsText());
    }

    [Fact]
    public async Task Arrays_of_geometry_go_both_ways()
    {
        Geometry[] sent = [Read("POINT (1 2)"), Read("POLYGON ((0 0, 1 0, 1 1, 0 0))")];
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select array_agg(g order by n) from unnest(@geoms) with ordinality as u (g, n)", connection);
        command.Parameters.AddWithValue("geoms", sent);
        var received = (Geometry[])(await command.ExecuteScalarAsync())!;
        Assert.Equal(sent.Select(geometry => geometry.AsText()), received.Select(geometry => geometry.AsText()));
    }

    [Fact]
    public async Task Binary_copy_takes_large_polygons_and_nulls_in_and_out()
    {
        var ring = Enumerable.Range(0, 20_000)
            .Select(i => new Coordinate(Lattice.Snap(113 + Math.Cos(i * Math.Tau / 20_000)), Lattice.Snap(23 + Math.Sin(i * Math.Tau / 20_000))))
            .ToList();
        ring.Add(ring[0]);
        var large = Lattice.Factory.CreateMultiPolygon([Lattice.Factory.CreatePolygon([.. ring])]);
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("create temporary table t (id int, geom geometry(MultiPolygon, 4490))");
        await using (var copy = await connection.BeginBinaryImportAsync("copy t (id, geom) from stdin (format binary)"))
        {
            await copy.WriteRowAsync(CancellationToken.None, 1, large);
            await copy.StartRowAsync();
            await copy.WriteAsync(2, NpgsqlDbType.Integer);
            await copy.WriteNullAsync();
            await copy.CompleteAsync();
        }

        await using var back = await connection.BeginBinaryExportAsync("copy (select geom from t order by id) to stdout (format binary)");
        Assert.Equal(1, await back.StartRowAsync());
        var received = await back.ReadAsync<MultiPolygon>();
        Assert.Equal(large.Coordinates.Select(Bits), received.Coordinates.Select(Bits));
        Assert.Equal(1, await back.StartRowAsync());
        Assert.True(back.IsNull);
    }

    [Fact]
    public async Task Another_srid_is_refused_by_the_column()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("create temporary table p (geom geometry(Point, 4490))");
        var mercator = new GeometryFactory(new PrecisionModel(), 3857).CreatePoint(new Coordinate(12584000, 2637000));
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("insert into p values (@mercator)", new { mercator }));
    }

    [Fact]
    public async Task Another_srid_comes_back_as_what_it_is()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var read = await connection.ExecuteScalarAsync<Geometry>("select 'SRID=3857;POINT(12584000 2637000)'::geometry");
        Assert.Equal(3857, read!.SRID);
    }

    private static Geometry Read(string wkt) => Lattice.Factory.CreateGeometry(new WKTReader().Read(wkt));

    private static (long X, long Y) Bits(Coordinate point) => (BitConverter.DoubleToInt64Bits(point.X), BitConverter.DoubleToInt64Bits(point.Y));

    private sealed record Row(Geometry? Geom, int Id);
}
