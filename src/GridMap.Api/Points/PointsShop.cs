using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.Issues;
using GridMap.Api.Storage;
using GridMap.Core.Points;
using Npgsql;

namespace GridMap.Api.Points;

/// <summary>The shop: rewards, and handing them out. What is left is counted from the ledger. Thread safe.</summary>
internal sealed class PointsShop(Database database)
{
    private const int MaxName = 100;
    private const int MaxNote = 400;
    private const int Most = 1_000_000;
    private const string Kind = "points-reward";

    // What was handed out and not taken back.
    private const string RewardSql =
        """
        select w.id, w.name, w.name_en, w.cost, w.stock, w.active, w.version,
               (select count(*)::int from points_entry e where e.reward_id = w.id and e.corrects is null and not exists (select from points_entry c where c.corrects = e.id)) as given
        from points_reward w
        """;

    /// <summary>What there is; what is not handed out any more only when it is asked for.</summary>
    public async Task<PointsRewards> ListAsync(bool all, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition($"{RewardSql} where @all or w.active order by w.cost, w.id", new { all }, cancellationToken: cancel));
        return new PointsRewards([.. rows.Select(row => row.ToItem())]);
    }

    /// <summary>Adds a reward.</summary>
    /// <exception cref="ProblemException">400: nothing was stored.</exception>
    public async Task<PointsReward> AddAsync(Caller caller, PointsRewardBody body, CancellationToken cancel)
    {
        var (name, nameEn) = Check(body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = await connection.ExecuteScalarAsync<long>(
            "insert into points_reward (name, name_en, cost, stock, active) values (@name, @nameEn, @Cost, @Stock, @Active) returning id", new { name, nameEn, body.Cost, body.Stock, body.Active }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("points.reward", Kind, id.ToString(), After: new { name, body.Cost, body.Stock, body.Active }));
        var made = await FindAsync(transaction, id);
        await transaction.CommitAsync(CancellationToken.None);
        return made.ToItem();
    }

    /// <summary>Changes a reward.</summary>
    /// <exception cref="ProblemException">400, 404; 412 when somebody changed it meanwhile: nothing was stored.</exception>
    public async Task<PointsReward> ChangeAsync(Caller caller, long id, PointsRewardBody body, CancellationToken cancel)
    {
        var (name, nameEn) = Check(body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await LockAsync(transaction, id);
        var before = await FindAsync(transaction, id);
        if (before.Version != body.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "reward_changed", $"Reward {id} is at version {before.Version}, not {body.Version ?? 0}: look at it again.", "version"));
        }

        if (body.Stock < before.Given)
            throw new ProblemException(Problem.Bad("stock", "stock_given", $"{before.Given} were handed out already: stock counts these too."));
        await connection.ExecuteAsync(
            "update points_reward set name = @name, name_en = @nameEn, cost = @Cost, stock = @Stock, active = @Active, version = version + 1 where id = @id",
            new { id, name, nameEn, body.Cost, body.Stock, body.Active }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "points.reward", Kind, id.ToString(), Before: new { before.Name, before.Cost, before.Stock, before.Active }, After: new { name, body.Cost, body.Stock, body.Active }));
        var changed = await FindAsync(transaction, id);
        await transaction.CommitAsync(CancellationToken.None);
        return changed.ToItem();
    }

    /// <summary>Hands out a reward: the balance and what is left are held while they are looked at, so that two counters never hand out the same twice.</summary>
    /// <exception cref="ProblemException">400, 404, 409, 422: nothing was stored.</exception>
    public async Task<PointsReceipt> RedeemAsync(Caller caller, PointsRedemptionBody body, string? key, CancellationToken cancel)
    {
        var id = body.Reward ?? throw new ProblemException(Problem.Bad("reward", "reward_required", "Say in reward what is handed out."));
        if ((body.Person is null) == string.IsNullOrWhiteSpace(body.Track))
            throw new ProblemException(Problem.Bad("person", "holder_required", "Say in person or in track whose points are spent, not in both."));
        var note = InputText.Clean(body.Note, "note", MaxNote);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var once = key is null ? null : new IdempotencyKey(caller.Key, key, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body)));
        if (once is not null && await once.FindAsync<PointsReceipt>(transaction) is { } before)
            return before;
        var (holder, grid, subject) = body.Person is { } person ? await PersonAsync(transaction, person) : await ReportAsync(transaction, body.Track!);
        await PointsLocks.HoldAsync(transaction, [holder]);
        await LockAsync(transaction, id);
        var reward = await FindAsync(transaction, id);
        if (!reward.Active || reward.Given >= reward.Stock)
            throw new ProblemException(Problem.Conflict("none_left", $"{reward.Name} is handed out no more: there is none left, or it was taken off."));
        var balance = await BalanceAsync(transaction, holder);
        if (balance < reward.Cost)
        {
            throw new ProblemException(Problem.Conflict("too_few_points", $"{reward.Name} costs {reward.Cost} points; there are {balance}.") with
            {
                Extensions = new Dictionary<string, object?> { ["balance"] = balance },
            });
        }

        var entry = await connection.ExecuteScalarAsync<long>(
            """
            insert into points_entry (holder_person, holder_issue, grid_id, reward_id, points, note, by_name)
            values (@Person, @Issue, @grid, @id, @points, @note, @Who) returning id
            """,
            new { holder.Person, holder.Issue, grid, id, points = -reward.Cost, note, caller.Who }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("points.redeem", holder.Person is null ? "issue" : "person", subject, grid, After: new { entry, reward = reward.Name, reward.Cost }));
        await TellAsync(transaction, caller, holder, "points.redeemed", new { reward = reward.Name, points = reward.Cost, balance = balance - reward.Cost });
        var receipt = new PointsReceipt(entry, -reward.Cost, balance - reward.Cost, reward.Stock - reward.Given - 1);
        if (once is not null)
            await once.KeepAsync(transaction, StatusCodes.Status201Created, receipt);
        await transaction.CommitAsync(CancellationToken.None);
        return receipt;
    }

    /// <summary>What a holder has.</summary>
    internal static Task<long> BalanceAsync(NpgsqlTransaction transaction, PointsHolder holder) => transaction.Connection!.ExecuteScalarAsync<long>(
        "select coalesce(sum(points), 0)::bigint from points_entry where (@Person::bigint is not null and holder_person = @Person) or (@Issue::bigint is not null and holder_issue = @Issue)",
        new { holder.Person, holder.Issue }, transaction);

    /// <summary>A person is told what others do with their points.</summary>
    internal static Task TellAsync(NpgsqlTransaction transaction, Caller caller, PointsHolder holder, string kind, object parameters) =>
        holder.Person is { } person && person != caller.PersonId ? InboxWriter.TellAsync(transaction, person, kind, parameters, "/me") : Task.CompletedTask;

    private static async Task<(PointsHolder, long? Grid, string Subject)> PersonAsync(NpgsqlTransaction transaction, long person) =>
        await transaction.Connection!.ExecuteScalarAsync<bool>("select exists (select from person where id = @person)", new { person }, transaction)
            ? (PointsHolder.OfPerson(person), null, person.ToString())
            : throw new ProblemException(Problem.Bad("person", "bad_person", $"There is no person {person}."));

    // Only the reporter's own link: who follows an issue has nothing from it. The issue first, then its holder, as its steps take them.
    private static async Task<(PointsHolder, long? Grid, string Subject)> ReportAsync(NpgsqlTransaction transaction, string track)
    {
        var word = track.Trim().Split('/')[^1];
        var found = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Id, long? Grid, string Number)?>(
            "select id, grid_id, number from issue where track_hash = @hash for key share", new { hash = TrackLink.Hash(word) }, transaction)
            ?? throw new ProblemException(Problem.Bad("track", "unknown_link", "This is no reporter's link. It may have been copied in part, or the reporter's data were erased."));
        return (PointsHolder.OfReport(found.Id), found.Grid, found.Number);
    }

    private static async Task LockAsync(NpgsqlTransaction transaction, long id)
    {
        _ = await transaction.Connection!.ExecuteScalarAsync<long?>("select id from points_reward where id = @id for update", new { id }, transaction)
            ?? throw new ProblemException(Problem.NotFound("unknown_reward", $"There is no reward {id}; /api/v1/points/rewards lists them."));
    }

    // A question of its own after the lock: one that waits for a row sees the rest as it was before it waited.
    private static Task<Row> FindAsync(NpgsqlTransaction transaction, long id) =>
        transaction.Connection!.QuerySingleAsync<Row>($"{RewardSql} where w.id = @id", new { id }, transaction);

    private static (string Name, string NameEn) Check(PointsRewardBody body)
    {
        var name = InputText.Line(body.Name, "name", MaxName);
        if (name.Length == 0)
            throw new ProblemException(Problem.Bad("name", "bad_name", "Say what it is."));
        if (body.Cost is not (>= 1 and <= Most))
            throw new ProblemException(Problem.Bad("cost", "bad_cost", $"cost is 1 to {Most} points."));
        if (body.Stock is not (>= 0 and <= Most))
            throw new ProblemException(Problem.Bad("stock", "bad_stock", $"stock is how many there were in all, 0 to {Most}."));
        return (name, InputText.Line(body.NameEn, "nameEn", MaxName));
    }

    private sealed record Row(long Id, string Name, string NameEn, int Cost, int Stock, bool Active, int Version, int Given)
    {
        public PointsReward ToItem() => new(Id, Name, NameEn, Cost, Stock, Stock - Given, Active, Version);
    }
}
