using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Resources;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Campaigns;

/// <summary>Campaigns as they are defined. Thread safe.</summary>
internal sealed class CampaignStore(Database database, SnapshotProvider snapshots, IOptions<GridMapOptions> options, TimeProvider clock)
{
    private const string Sql =
        """
        select c.id, c.name, c.name_en, c.from_day, c.to_day, c.zone_level::int, c.generation, c.green_limit, c.yellow_limit, c.revision, c.version,
               (select count(*)::int from campaign_zone z where z.campaign_id = c.id) as zones,
               (select max(w.day) from work_log w where w.campaign_id = c.id) as last_log,
               newest.number as newest_generation,
               case when newest.number > c.generation then (
                   select count(*)::int from campaign_zone z where z.campaign_id = c.id and not exists (
                       select from grid_version v where v.grid_id = z.grid_id and v.from_generation <= newest.number and (v.to_generation is null or v.to_generation > newest.number)))
               else 0 end as gone_zones
        from campaign c cross join (select max(number) as number from generation where effective_from <= now()) newest
        """;

    private const string InsertSql =
        """
        insert into campaign (name, name_en, from_day, to_day, zone_level, generation, green_limit, yellow_limit)
        values (@Name, @NameEn, @From, @To, @ZoneLevel, (select max(number) from generation where effective_from <= now()), @green, @yellow)
        returning id
        """;

    private const string InsertItemSql =
        """
        insert into campaign_item (campaign_id, code, name, name_en, unit, weight, sort)
        values (@id, @Code, @Name, @NameEn, @Unit, @Weight, @sort)
        """;

    private const string InsertPhaseSql =
        "insert into campaign_phase (campaign_id, sort, name, name_en, from_day, to_day) values (@id, @sort, @Name, @NameEn, @From, @To)";

    private const string InsertZonesSql =
        """
        insert into campaign_zone
        select @id, v.grid_id from grid_version v, campaign c
        where c.id = @id and v.level = @level and (@reach::bigint[] is null or v.grid_id in (select reach(@reach)))
          and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        """;

    /// <summary>The office's day now.</summary>
    public DateOnly Today =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone)).DateTime);

    /// <summary>A page of campaigns, the newest first.</summary>
    public async Task<Page<CampaignAnswer>> ListAsync(int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<CampaignRow>(new CommandDefinition(
            Sql + """
             where @after::bigint is null or (c.from_day, c.id) < (select from_day, id from campaign where id = @after)
             order by c.from_day desc, c.id desc limit @most
            """,
            new { after, most = limit + 1 }, cancellationToken: cancel));
        var answers = new List<CampaignAnswer>();
        foreach (var row in rows)
        {
            answers.Add(await AnswerAsync(connection, row, cancel));
        }

        return Paging.Cut(answers, limit, campaign => [campaign.Id.ToString()]);
    }

    /// <summary>One campaign with its revision.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<(CampaignAnswer Campaign, long Revision)> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<CampaignRow>(
            new CommandDefinition(Sql + " where c.id = @id", new { id }, cancellationToken: cancel)) ?? throw Unknown(id);
        return (await AnswerAsync(connection, row, cancel), row.Revision);
    }

    /// <summary>Makes a campaign over the grids of a level of the present generation.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public async Task<long> CreateAsync(Caller caller, NewCampaign wanted, CancellationToken cancel)
    {
        var form = CampaignForm.Read(wanted, level => snapshots.Current.Grids.Any(grid => grid.Level == level));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var id = await InsertAsync(transaction, form, caller.ReachOf(Permission.RunCampaigns));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "campaign.create", "campaign", id.ToString(), After: new { form.Name, form.From, form.To, form.ZoneLevel }));
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>The same inside a transaction that holds the publication lock.</summary>
    internal static async Task<long> InsertAsync(NpgsqlTransaction transaction, CampaignForm form, Reach reach)
    {
        var connection = transaction.Connection!;
        var id = await connection.ExecuteScalarAsync<long>(
            InsertSql,
            new { form.Name, form.NameEn, form.From, form.To, form.ZoneLevel, green = form.Limits.Green, yellow = form.Limits.Yellow },
            transaction);
        await connection.ExecuteAsync(
            InsertItemSql,
            form.Items.Select((item, sort) => new { id, item.Code, item.Name, item.NameEn, item.Unit, item.Weight, sort }), transaction);
        await InsertPhasesAsync(transaction, id, form.Phases);
        await ResourcePlans.StoreKindsAsync(transaction, id, ResourcePlans.Usual);
        await connection.ExecuteAsync(InsertZonesSql, new { id, level = form.ZoneLevel, reach = reach.Roots }, transaction);
        return id;
    }

    internal static Task InsertPhasesAsync(NpgsqlTransaction transaction, long id, IReadOnlyList<CampaignPhase> phases) =>
        transaction.Connection!.ExecuteAsync(InsertPhaseSql, phases.Select((phase, sort) => new { id, sort, phase.Name, phase.NameEn, phase.From, phase.To }), transaction);

    /// <summary>
    /// Tells every process that its figures of the campaign are old, and holds whoever else writes to the campaign until this
    /// transaction ends: what it records has one order.
    /// </summary>
    /// <returns>The time of what is recorded now: later than anything that was recorded or frozen before.</returns>
    /// <exception cref="ProblemException">404.</exception>
    internal static async Task<DateTime> MoveOnAsync(NpgsqlTransaction transaction, long id) =>
        await transaction.Connection!.ExecuteScalarAsync<DateTime?>(
            "update campaign set revision = revision + 1 where id = @id returning clock_timestamp()", new { id }, transaction)
        ?? throw Unknown(id);

    /// <summary>Holds what concerns all of a campaign to who runs campaigns on all of its zones.</summary>
    /// <exception cref="ProblemException">403.</exception>
    internal static async Task RequireAsync(NpgsqlTransaction transaction, Caller caller, long id)
    {
        var reach = caller.ReachOf(Permission.RunCampaigns);
        if (!reach.IsEverywhere && await transaction.Connection!.ExecuteScalarAsync<bool>(
            "select exists (select from campaign_zone where campaign_id = @id and grid_id not in (select reach(@Roots)))", new { id, reach.Roots }, transaction))
        {
            throw Refusals.OutOfReach($"A part of campaign {id}");
        }
    }

    private static ProblemException Unknown(long id) =>
        new(Problem.NotFound("unknown_campaign", $"There is no campaign {id}; /api/v1/campaigns lists them."));

    private async Task<CampaignAnswer> AnswerAsync(NpgsqlConnection connection, CampaignRow row, CancellationToken cancel)
    {
        var items = await connection.QueryAsync<CampaignItem>(new CommandDefinition(
            "select code, name, name_en, unit, weight from campaign_item where campaign_id = @Id order by sort", new { row.Id }, cancellationToken: cancel));
        var phases = await connection.QueryAsync<(string Name, string NameEn, DateOnly From, DateOnly To)>(new CommandDefinition(
            "select name, name_en, from_day, to_day from campaign_phase where campaign_id = @Id order by sort", new { row.Id }, cancellationToken: cancel));
        var today = Today;
        return new CampaignAnswer(
            row.Id, row.Name, row.NameEn, row.FromDay, row.ToDay, row.ZoneLevel, row.Generation, row.Zones, [.. items],
            new CampaignLimits(row.GreenLimit, row.YellowLimit), today < row.FromDay ? row.FromDay : today > row.ToDay ? row.ToDay : today, row.LastLog,
            [.. phases.Select(phase => new CampaignPhase(phase.Name, phase.NameEn, phase.From, phase.To))], row.Version, row.NewestGeneration, row.GoneZones);
    }

    private sealed record CampaignRow(
        long Id, string Name, string NameEn, DateOnly FromDay, DateOnly ToDay, int ZoneLevel, int Generation, decimal GreenLimit,
        decimal YellowLimit, long Revision, int Version, int Zones, DateOnly? LastLog, int NewestGeneration, int GoneZones);
}
