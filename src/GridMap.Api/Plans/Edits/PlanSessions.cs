using System.Collections.Concurrent;
using Dapper;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Editing;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Plans.Edits;

/// <summary>
/// The states of the plans that are being edited, so that an edit need not read the whole plan. What the database says counts: a session of another
/// version is read anew. The few used last are kept. Thread safe.
/// </summary>
internal sealed class PlanSessions(Database database, PlanStore plans, IOptions<DefectOptions> defectOptions) : IDisposable
{
    private const int MostKept = 8;

    private readonly ConcurrentDictionary<long, Slot> slots = new();

    private sealed class Slot
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public PlanSession? Session { get; set; }

        public long UsedAt { get; set; }
    }

    /// <summary>Waits until nobody else in this process edits the plan.</summary>
    /// <returns>Dispose it to let the next one in.</returns>
    public async Task<IDisposable> TurnAsync(long plan, CancellationToken cancel)
    {
        var slot = slots.GetOrAdd(plan, _ => new Slot());
        await slot.Turn.WaitAsync(cancel);
        return new Turn(slot.Turn);
    }

    /// <summary>The plan's session at a version, from memory or the database. The caller has the turn.</summary>
    public async Task<PlanSession> GetAsync(long plan, int version, int? baseGeneration, CancellationToken cancel)
    {
        var slot = slots.GetOrAdd(plan, _ => new Slot());
        slot.UsedAt = Environment.TickCount64;
        if (slot.Session?.Version != version)
        {
            slot.Session = await LoadAsync(plan, version, baseGeneration, cancel);
            Trim();
        }

        return slot.Session;
    }

    /// <summary>Keeps what an edit made of a session. The caller has the turn.</summary>
    public void Put(long plan, PlanSession session) => slots.GetOrAdd(plan, _ => new Slot()).Session = session;

    /// <summary>Who answers for a grid: its own people, or for a part that the plan made those of the grid that it was part of.</summary>
    public async Task<Func<long, bool>> AnsweredAsync(long plan, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var answered = (await connection.QueryAsync<long>(new CommandDefinition(BaseState.AnsweredSql, cancellationToken: cancel))).ToHashSet();
        var lineage = await connection.QueryAsync<(long From, long To)>(new CommandDefinition(
            """
            select (s.value ->> 'fromId')::bigint, (s.value ->> 'toId')::bigint from plan_edit e join plan p on p.id = e.plan_id, jsonb_array_elements(e.result -> 'lineage') with ordinality s (value, n)
            where p.id = @plan and e.ordinal <= p.cursor and jsonb_typeof(e.result -> 'lineage') = 'array' order by e.ordinal, s.n
            """,
            new { plan }, cancellationToken: cancel));
        foreach (var (from, to) in lineage)
            if (answered.Contains(from))
                answered.Add(to);
        return answered.Contains;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in slots.Values)
            slot.Turn.Dispose();
    }

    private async Task<PlanSession> LoadAsync(long plan, int version, int? baseGeneration, CancellationToken cancel)
    {
        var grids = await plans.StateAsync(plan, baseGeneration, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var locks = await connection.QueryAsync<long>(new CommandDefinition("select grid_id from plan_lock where plan_id = @plan", new { plan }, cancellationToken: cancel));
        var hasDuty = await AnsweredAsync(plan, cancel);
        return await Task.Run(
            () =>
            {
                var state = PlanState.Of(grids.Select(grid => grid.ToPlanned()), locks);
                return new PlanSession(version, state, DefectLedger.Of(state, hasDuty, defectOptions.Value));
            },
            cancel);
    }

    private void Trim()
    {
        foreach (var (_, slot) in slots.Where(entry => entry.Value.Session is not null).OrderByDescending(entry => entry.Value.UsedAt).Skip(MostKept))
            slot.Session = null;
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
