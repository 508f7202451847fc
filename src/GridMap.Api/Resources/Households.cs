using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Storage;

namespace GridMap.Api.Resources;

/// <summary>Households of a campaign's grids: a number on innermost grids, summed for those round them. Thread safe.</summary>
internal sealed class Households(Database database)
{
    // A grid that is divided has the sum of its parts where they have numbers, else its own.
    private const string Sql =
        """
        select v.grid_id, v.parent_id, v.level::int,
               case when jsonb_typeof(v.attributes -> 'households') = 'number' then (v.attributes ->> 'households')::numeric::int end
        from grid_version v
        where v.from_generation <= @Generation and (v.to_generation is null or v.to_generation > @Generation)
        """;

    /// <summary>By grid id; grids without a number inside them are left out.</summary>
    public async Task<Dictionary<long, int>> OfAsync(CampaignAnswer campaign, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<(long Id, long? Parent, int Level, int? Own)>(new CommandDefinition(Sql, new { campaign.Generation }, cancellationToken: cancel))).ToList();
        var inside = new Dictionary<long, int>();
        var all = new Dictionary<long, int>();
        foreach (var (id, parent, _, own) in rows.OrderByDescending(row => row.Level))
        {
            if ((inside.TryGetValue(id, out var summed) ? summed : own) is not { } households)
                continue;
            all[id] = households;
            if (parent is { } round)
                inside[round] = inside.GetValueOrDefault(round) + households;
        }

        return all;
    }
}
