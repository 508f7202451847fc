using Dapper;
using GridMap.Bench.Editing;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using GridMap.Core.Tests.Coverages;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Tests.Plans;

/// <summary>What PostGIS makes of coverages after random edits of every kind: the one judge that shares no code with them.</summary>
public sealed class RandomEditsInPostgisTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Levels = 3;
    private const int LookEvery = 20;
    private static readonly int Edits = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1" ? 2000 : 100;

    private const string FaultsSql =
        """
        select concat('invalid: ', code, ' ', st_isvalidreason(geom)) from g where not st_isvalid(geom)
        union all
        select concat('overlap: ', a.code, ' ', b.code) from g a join g b on b.level = a.level and b.id > a.id and b.geom && a.geom
        where st_relate(a.geom, b.geom, '2********')
        union all
        select concat('outside its parent: ', c.code, ' ', coalesce(p.code, '?')) from g c left join g p on p.id = c.parent_id
        where c.level > 1 and (p.id is null or p.level <> c.level - 1 or not st_coveredby(c.geom, p.geom))
        """;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public async Task PostGIS_finds_no_overlap_nothing_invalid_and_no_child_outside_its_parent(int seed)
    {
        var state = State(seed);
        var edits = new RandomEdits(new Random(seed));
        var codes = state.Grids.Select(grid => grid.Code).ToHashSet(StringComparer.Ordinal);
        var nextId = state.Grids.Max(grid => grid.Id);
        var done = 0;
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("create temp table g (id bigint primary key, code text, level int, parent_id bigint, geom geometry(MultiPolygon, 4490)); create index on g using gist (geom)");
        for (var i = 1; i <= Edits; i++)
        {
            if (edits.Next(state).Apply(state, new EditContext(() => ++nextId, codes.Contains, DefectRules.Default)) is EditResult result)
            {
                state = result.State;
                codes.UnionWith(result.Changes.Select(change => change.After?.Code).OfType<string>());
                done++;
            }

            if (i % LookEvery == 0)
                Assert.Empty(await FaultsAsync(connection, state));
        }

        Assert.True(done > Edits / 4, $"Only {done} of {Edits} edits were done.");
    }

    [Fact]
    public async Task An_overlap_that_is_there_is_found()
    {
        var state = State(11);
        var (first, second) = (state.Grids.First(grid => grid.Level == Levels), state.Grids.Last(grid => grid.Level == Levels));
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("create temp table g (id bigint primary key, code text, level int, parent_id bigint, geom geometry(MultiPolygon, 4490))");
        var faults = await FaultsAsync(connection, state.With([new GridChange(second, second with { Polygon = first.Polygon }, GridChangeKind.Reshaped)]));
        Assert.Contains(faults, fault => fault.StartsWith("overlap", StringComparison.Ordinal));
    }

    private static PlanState State(int seed) => PlanState.Of(CoverageBuilder.Build([.. new RandomPartition(seed, 100, Levels).Inputs], CoverageOptions.Exact).Coverage.ToShapes()
        .Select(shape => new PlannedGrid(shape.Id, shape.Code, shape.Code, shape.Level, "village", shape.ParentId, shape.Polygon, "{\"households\":100}")));

    private static async Task<List<string>> FaultsAsync(NpgsqlConnection connection, PlanState state)
    {
        await connection.ExecuteAsync("truncate g");
        await using (var writer = await connection.BeginBinaryImportAsync("copy g (id, code, level, parent_id, geom) from stdin (format binary)"))
        {
            foreach (var grid in state.Grids)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(grid.Id);
                await writer.WriteAsync(grid.Code, NpgsqlTypes.NpgsqlDbType.Text);
                await writer.WriteAsync(grid.Level);
                if (grid.ParentId is { } parent)
                    await writer.WriteAsync(parent);
                else
                    await writer.WriteNullAsync();
                await writer.WriteAsync<Geometry>(grid.Polygon);
            }

            await writer.CompleteAsync();
        }

        return [.. await connection.QueryAsync<string>(FaultsSql)];
    }
}
