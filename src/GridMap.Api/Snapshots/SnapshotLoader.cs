using System.Text.Json;
using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Snapshots;

/// <summary>Loads a generation from PostGIS; holds nothing. Thread safe.</summary>
public sealed class SnapshotLoader(Database database, LocatorFiles locators)
{
    private const string CurrentSql =
        """
        select coalesce((select max(number) from generation where effective_from <= now()), 0) as generation,
               (select revision from snapshot_revision) as revision
        """;

    private const string GenerationSql = "select number, published_at, effective_from from generation where number = @number";

    private const string GridsSql =
        """
        select grid_id, code, name, level, kind, parent_id, area_m2, attributes::text, geom
        from grid_version
        where from_generation <= @number and (to_generation is null or to_generation > @number)
        order by level, code
        """;

    private const string DutiesSql =
        """
        select d.grid_id as GridId, d.person_id as PersonId, p.name as PersonName, d.role as Role, d.from_at as FromAt, d.to_at as ToAt,
               d.stands_in_for is not null as StandIn
        from duty d join person p on p.id = d.person_id
        where d.role in ('grid_leader', 'grid_worker', 'supervisor', 'volunteer')
        order by d.grid_id, d.role, d.from_at, d.id
        """;

    // One pass over all versions: a join was planned by what the table was before a city was published, and took minutes.
    private const string LastParentsSql =
        """
        select grid_id, (array_agg(parent_id order by from_generation desc))[1]
        from grid_version
        group by grid_id
        having not bool_or(from_generation <= @wanted and (to_generation is null or to_generation > @wanted))
        """;

    /// <summary>What is current now: cheap enough to ask every two seconds.</summary>
    public async Task<SnapshotVersion> CurrentAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleAsync<SnapshotVersion>(new CommandDefinition(CurrentSql, cancellationToken: cancel));
    }

    /// <summary>The number of the generation in effect at an instant; 0 when there was none.</summary>
    public async Task<int> NumberAtAsync(DateTimeOffset instant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select coalesce(max(number), 0) from generation where effective_from <= @instant", new { instant = instant.UtcDateTime }, cancellationToken: cancel));
    }

    /// <summary>One generation with its people, read in one repeatable-read transaction, so that both are of one moment.</summary>
    /// <param name="number">Of the generation; null for the present one.</param>
    /// <param name="held">What was loaded before, or null: of the same generation, it gives what no change of people changes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SnapshotException">What the database has is no coverage.</exception>
    public async Task<Snapshot> LoadAsync(int? number, Snapshot? held, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var current = await connection.QuerySingleAsync<SnapshotVersion>(CurrentSql, transaction: transaction);
        var wanted = number ?? current.Generation;
        if (wanted == 0)
        {
            return new Snapshot(GenerationFacts.None, current.Revision, []);
        }

        var row = await connection.QuerySingleAsync<(int Number, DateTime Published, DateTime Effective)>(
            GenerationSql, new { number = wanted }, transaction);
        var generation = new GenerationFacts(row.Number, row.Published, row.Effective);
        var duties = (await connection.QueryAsync<DutyRow>(DutiesSql, transaction: transaction)).ToLookup(duty => duty.GridId, duty => duty.ToTerm());
        if (held?.Generation == generation)
        {
            return held.With(current.Revision, duties);
        }

        var grids = await ReadGridsAsync(connection, transaction, wanted, duties, cancel);
        var lastParents = await connection.QueryAsync<(long Grid, long? Parent)>(LastParentsSql, new { wanted }, transaction, commandTimeout: 0);
        return new Snapshot(generation, current.Revision, grids, lastParents.ToDictionary(row => row.Grid, row => row.Parent), locators.Open);
    }

    private static async Task<List<GridFacts>> ReadGridsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int number, ILookup<long, DutyTerm> duties, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(GridsSql, connection, transaction) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("number", number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var grids = new List<GridFacts>();
        while (await reader.ReadAsync(cancel))
        {
            var polygon = reader.GetFieldValue<MultiPolygon>(8);
            var shape = new GridShape(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt16(3), reader.IsDBNull(5) ? null : reader.GetInt64(5), polygon);
            using var attributes = JsonDocument.Parse(reader.GetString(7));
            grids.Add(new GridFacts(
                shape, reader.GetString(2), reader.GetString(4), reader.GetDouble(6), Inside(polygon), attributes.RootElement.Clone(),
                [.. duties[shape.Id]]));
        }

        return grids;
    }

    private static Coordinate Inside(MultiPolygon polygon)
    {
        var point = polygon.InteriorPoint.Coordinate;
        return new Coordinate(Lattice.Snap(point.X), Lattice.Snap(point.Y));
    }

    private sealed record DutyRow(long GridId, long PersonId, string PersonName, string Role, DateTime FromAt, DateTime? ToAt, bool StandIn)
    {
        public DutyTerm ToTerm() => new(PersonId, PersonName, Role, FromAt, ToAt, StandIn);
    }
}

/// <summary>What a snapshot was loaded from: the generation's number (0: none) and the counter of people, duties and categories.</summary>
public sealed record SnapshotVersion(int Generation, long Revision);
