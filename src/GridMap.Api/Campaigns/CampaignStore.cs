using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>Campaigns as they are defined. Thread safe.</summary>
internal sealed class CampaignStore(Database database, SnapshotProvider snapshots, IOptions<GridMapOptions> options, TimeProvider clock)
{
    private const string Sql =
        """
        select c.id, c.name, c.name_en, c.from_day, c.to_day, c.zone_level::int, c.generation, c.green_limit, c.yellow_limit, c.revision,
               (select count(*)::int from campaign_zone z where z.campaign_id = c.id) as zones,
               (select max(w.day) from work_log w where w.campaign_id = c.id) as last_log
        from campaign c
        """;

    /// <summary>All campaigns, the newest first.</summary>
    public async Task<IReadOnlyList<CampaignAnswer>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<CampaignRow>(Sql + " order by c.from_day desc, c.id desc")).ToList();
        var items = (await ItemsAsync(connection, null)).ToLookup(item => item.CampaignId);
        return [.. rows.Select(row => row.ToAnswer(items[row.Id], Today))];
    }

    /// <summary>One campaign with its revision.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<(CampaignAnswer Campaign, long Revision)> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<CampaignRow>(Sql + " where c.id = @id", new { id })
            ?? throw new ProblemException(Problem.NotFound("unknown_campaign", $"There is no campaign {id}; /api/v1/campaigns lists them."));
        return (row.ToAnswer(await ItemsAsync(connection, id), Today), row.Revision);
    }

    /// <summary>Makes a campaign over the grids of a level of the present generation.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public async Task<long> CreateAsync(NewCampaign wanted, CancellationToken cancel)
    {
        var (name, from, to, level, items) = Check(wanted);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var limits = wanted.Limits ?? new CampaignLimits(0.95m, 0.80m);
        var id = await connection.ExecuteScalarAsync<long>(
            """
            insert into campaign (name, name_en, from_day, to_day, zone_level, generation, green_limit, yellow_limit)
            values (@name, @nameEn, @from, @to, @level, (select max(number) from generation where effective_from <= now()), @green, @yellow)
            returning id
            """,
            new { name, nameEn = wanted.NameEn ?? "", from, to, level, green = limits.Green, yellow = limits.Yellow },
            transaction);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            await connection.ExecuteAsync(
                """
                insert into campaign_item (campaign_id, code, name, name_en, unit, weight, sort)
                values (@id, @Code, @Name, @nameEn, @Unit, @Weight, @i)
                """,
                new { id, item.Code, item.Name, nameEn = item.NameEn ?? "", item.Unit, item.Weight, i },
                transaction);
        }

        await connection.ExecuteAsync(
            """
            insert into campaign_zone
            select @id, v.grid_id from grid_version v, campaign c
            where c.id = @id and v.level = @level
              and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
            """,
            new { id, level }, transaction);
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>The office's day now.</summary>
    public DateOnly Today =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone)).DateTime);

    private (string Name, DateOnly From, DateOnly To, int Level, IReadOnlyList<CampaignItem> Items) Check(NewCampaign wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name))
        {
            throw new ProblemException(Problem.Bad("name", "bad_name", "A campaign has a name."));
        }

        if (wanted.From is not { } from || wanted.To is not { } to || to < from || to.DayNumber - from.DayNumber >= 1100)
        {
            throw new ProblemException(Problem.Bad("from", "bad_days", "from and to are days as in 2026-09-01, at most three years apart."));
        }

        if (wanted.ZoneLevel is not { } level || snapshots.Current.Grids.All(grid => grid.Level != level))
        {
            throw new ProblemException(Problem.Bad("zoneLevel", "bad_zone_level", "zoneLevel is a level that has grids now."));
        }

        if (wanted.Items is not { Count: > 0 } items || items.Any(item => item.Weight <= 0 || string.IsNullOrWhiteSpace(item.Name)))
        {
            throw new ProblemException(Problem.Bad("items", "bad_items", "Give at least one item, each with code, name, unit and a weight above 0."));
        }

        return (wanted.Name.Trim(), from, to, level, items);
    }

    private static Task<IEnumerable<ItemRow>> ItemsAsync(NpgsqlConnection connection, long? id) =>
        connection.QueryAsync<ItemRow>(
            "select campaign_id, code, name, name_en, unit, weight from campaign_item where @id::bigint is null or campaign_id = @id order by sort",
            new { id });

    private sealed record ItemRow(long CampaignId, string Code, string Name, string NameEn, string Unit, decimal Weight);

    private sealed record CampaignRow(
        long Id, string Name, string NameEn, DateOnly FromDay, DateOnly ToDay, int ZoneLevel, int Generation, decimal GreenLimit,
        decimal YellowLimit, long Revision, int Zones, DateOnly? LastLog)
    {
        public CampaignAnswer ToAnswer(IEnumerable<ItemRow> items, DateOnly today) => new(
            Id, Name, NameEn, FromDay, ToDay, ZoneLevel, Generation, Zones,
            [.. items.Select(item => new CampaignItem(item.Code, item.Name, item.NameEn, item.Unit, item.Weight))],
            new CampaignLimits(GreenLimit, YellowLimit),
            today < FromDay ? FromDay : today > ToDay ? ToDay : today, LastLog);
    }
}
