using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.People;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Duties;

/// <summary>Begins, ends and corrects terms. What has been is never rewritten. Thread safe.</summary>
internal sealed class DutyStore(Database database, TimeProvider clock)
{
    private const string Kind = "duty";
    private const int MaxReason = 1000;

    // How far the caller's clock may be behind.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private const string InsertSql =
        """
        insert into duty (grid_id, person_id, role, from_at, to_at, stands_in_for, recorded_at, recorded_by)
        values (@GridId, @person, @Role, @from, @to, @standsInFor, @now, @by) returning id
        """;

    private const string HeldSql =
        """
        select id from duty
        where person_id = @person and role = @Role and grid_id is not distinct from @GridId
          and (@to::timestamptz is null or from_at < @to) and (to_at is null or to_at > @from) and to_at is distinct from from_at
        limit 1
        """;

    private const string EndSql =
        """
        update duty set to_at = greatest(@at, from_at)
        where (id = @id or stands_in_for = @id) and (to_at is null or to_at > @at) and (to_at is null or to_at > from_at)
        returning id, person_id
        """;

    private const string CorrectionSql =
        """
        insert into duty_correction (duty_id, grid_id, person_id, role, from_at, to_at, reason, recorded_at, recorded_by)
        values (@DutyId, @GridId, @person, @Role, @from, @to, @reason, @now, @by) returning id
        """;

    /// <summary>Appoints somebody.</summary>
    /// <returns>The number of the term.</returns>
    /// <exception cref="ProblemException">400, 403 or 409: nothing was stored.</exception>
    public async Task<long> AppointAsync(Caller caller, NewDutyBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var term = DutyTerms.Read(body.From, body.To, Now, Leeway);
        var place = body.StandsInFor is { } other
            ? await StandInAsync(transaction, caller, other, body, term)
            : await PlaceAsync(transaction, caller, body.Role, body.Grid);
        var person = await PersonAsync(transaction, caller, body, place);
        if (person == place.HolderId)
        {
            throw Bad("personId", "bad_person", "Nobody stands in for themselves.");
        }

        var id = await BeginAsync(transaction, caller, place, person, term, body.StandsInFor);
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>Begins a term that was found allowed, inside a transaction.</summary>
    /// <exception cref="ProblemException">409: it is held already.</exception>
    public async Task<long> BeginAsync(
        NpgsqlTransaction transaction, Caller caller, DutyPlace place, long person, DutyTerms term, long? standsInFor = null)
    {
        var connection = transaction.Connection!;
        var row = new { place.GridId, place.Role, person, from = term.From, to = term.To, standsInFor, now = Now, by = caller.Who };

        // One at a time for each person: two requests would not see each other's term.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(20726, @person::int)", new { person }, transaction);
        if (await connection.ExecuteScalarAsync<long?>(HeldSql, row, transaction) is { } held)
        {
            throw new ProblemException(Problem.Conflict("already_held", $"That person holds this role there already in that time: duty {held}."));
        }

        var id = await connection.ExecuteScalarAsync<long>(InsertSql, row, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            standsInFor is null ? "duty.appoint" : "duty.stand-in", Kind, id.ToString(), place.GridId,
            After: new { place.Role, place.Code, person, from = term.From, to = term.To, standsInFor }));
        var parameters = new { duty = id, place.Role, grid = place.Code, gridName = place.Name, from = term.From, to = term.To, by = caller.Who };
        await InboxWriter.TellAsync(transaction, person, standsInFor is null ? "duty.appointed" : "duty.stand-in", parameters, "/me");
        if (place.HolderId is { } holder && holder != caller.PersonId)
        {
            await InboxWriter.TellAsync(transaction, holder, "duty.stood-in", parameters, "/me");
        }

        await NoticeAsync(transaction, place, id);
        return id;
    }

    /// <summary>Ends a term, and with it those that stand in for it.</summary>
    /// <exception cref="ProblemException">400, 403, 404 or 409: nothing was changed.</exception>
    public async Task EndAsync(Caller caller, long id, DateTimeOffset? at, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var duty = await FindAsync(transaction, id);
        await RequireAppointAsync(transaction, caller, duty.Place, duty.StandsIn ? duty.Original : null);
        var end = at?.UtcDateTime ?? Now;
        if (end < Now - Leeway)
        {
            throw Bad("at", "in_the_past", "A term does not end in the past. End it now, and say in a correction how it was: POST /api/v1/duties/corrections.");
        }

        end = end < Now ? Now : end;
        var ended = (await connection.QueryAsync<(long Id, long Person)>(EndSql, new { id, at = end }, transaction)).ToList();
        if (ended.All(row => row.Id != id))
        {
            throw new ProblemException(Problem.Conflict("ended_already", $"Duty {id} ends before that already; a longer term is a new one."));
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "duty.end", Kind, id.ToString(), duty.Place.GridId, Before: new { to = duty.To }, After: new { to = end, ended = ended.Select(row => row.Id) }));
        foreach (var person in ended.Select(row => row.Person).Distinct())
        {
            await InboxWriter.TellAsync(
                transaction, person, "duty.ended",
                new { duty = id, duty.Place.Role, grid = duty.Place.Code, gridName = duty.Place.Name, at = end, by = caller.Who }, "/me");
        }

        await NoticeAsync(transaction, duty.Place, id);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Writes beside the answer of a past time how it really was.</summary>
    /// <exception cref="ProblemException">400, 403 or 404: nothing was stored.</exception>
    public async Task<long> CorrectAsync(Caller caller, NewCorrectionBody body, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var reason = InputText.Clean(body.Reason, "reason", MaxReason);
        if (reason.Length == 0)
        {
            throw Bad("reason", "bad_reason", "Say why it was not written down at the time.");
        }

        if (body.From is not { } from || from.UtcDateTime >= Now)
        {
            throw Bad("from", "bad_from", "A correction is about the past. What begins now or later is an appointment: POST /api/v1/duties.");
        }

        if (body.To is { } to && (to < from || to.UtcDateTime > Now + Leeway))
        {
            throw Bad("to", "bad_to", "A term does not end before it begins, and a correction not after now: leave to out if the term still runs.");
        }

        var was = body.DutyId is { } duty ? await FindAsync(transaction, duty) : null;
        if (was is not null)
        {
            await RequireAppointAsync(transaction, caller, was.Place, holder: null);
        }

        var place = was is not null && body.Role is null && body.Grid is null
            ? was.Place
            : await PlaceAsync(transaction, caller, body.Role ?? was?.Place.Role, body.Grid ?? was?.Place.Code);
        var person = body.PersonId ?? was?.PersonId ?? throw Bad("personId", "bad_person", "Say whose term it was.");
        await KnownAsync(transaction, caller, person);
        var id = await connection.ExecuteScalarAsync<long>(
            CorrectionSql,
            new { body.DutyId, place.GridId, place.Role, person, from = from.UtcDateTime, to = body.To?.UtcDateTime, reason, now = Now, by = caller.Who },
            transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "duty.correct", "duty_correction", id.ToString(), place.GridId,
            Before: was is null ? null : new { duty = body.DutyId, person = was.PersonId, was.From, was.To },
            After: new { place.Role, place.Code, person, from, body.To, reason }));
        await NoticeAsync(transaction, place, body.DutyId ?? 0);
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>A role on a grid of the present, or on the whole territory, that the caller may give.</summary>
    /// <exception cref="ProblemException">400 or 403.</exception>
    public static async Task<DutyPlace> PlaceAsync(NpgsqlTransaction transaction, Caller caller, string? role, string? grid)
    {
        if (role is null || !Role.All.Contains(role))
        {
            throw Bad("role", "bad_role", $"role is one of {string.Join(", ", Role.All)}.");
        }

        if (grid is null && !Role.TerritoryWide.Contains(role))
        {
            throw Bad("grid", "bad_grid", $"{role} is held on a grid: give its code. The whole territory is for {string.Join(", ", Role.TerritoryWide)}.");
        }

        var place = grid is null ? new DutyPlace(null, null, null, role, null) : await DutyPlace.FindAsync(transaction, grid, role);
        await RequireAppointAsync(transaction, caller, place, holder: null);
        return place;
    }

    private async Task<DutyPlace> StandInAsync(NpgsqlTransaction transaction, Caller caller, long other, NewDutyBody body, DutyTerms term)
    {
        var duty = await FindAsync(transaction, other);
        if (duty.StandsIn || (duty.To is { } end && end <= Now))
        {
            throw Bad("standsInFor", "bad_stands_in_for", $"Duty {other} is over, or stands in for another itself; name the term that is stood in for.");
        }

        if (term.To is not { } to || (duty.To is { } last && to > last))
        {
            throw Bad("to", "bad_to", "A stand-in has an end, not after that of the term that it stands in for.");
        }

        if ((body.Role ?? duty.Place.Role) != duty.Place.Role || (body.Grid ?? duty.Place.Code) != duty.Place.Code)
        {
            throw Bad("standsInFor", "bad_stands_in_for", "Role and grid are those of the term that is stood in for: leave them out.");
        }

        await RequireAppointAsync(transaction, caller, duty.Place, duty.PersonId);
        return duty.Place with { HolderId = duty.PersonId };
    }

    /// <summary>Who may give the role there; or who holds it, and answers for a grid by it, for their own stand-in.</summary>
    private static async Task RequireAppointAsync(NpgsqlTransaction transaction, Caller caller, DutyPlace place, long? holder)
    {
        if (holder is { } own && own == caller.PersonId && caller.KeyId is null && Role.Responsible.Contains(place.Role))
        {
            return;
        }

        await Refusals.RequireAsync(transaction, caller.ReachToAppoint(place.Role), place.GridId, $"Appointing a {place.Role} {place.Where}");
    }

    private static async Task<long> PersonAsync(NpgsqlTransaction transaction, Caller caller, NewDutyBody body, DutyPlace place)
    {
        if (body.PersonId is { } known)
        {
            await KnownAsync(transaction, caller, known);
            return known;
        }

        return await PersonStore.FindOrInsertAsync(transaction, caller, body.PersonName, body.Phone, place);
    }

    // Else numbers could be tried out: a term of one's own giving would show who has them.
    private static async Task KnownAsync(NpgsqlTransaction transaction, Caller caller, long person)
    {
        if (!await PersonStore.IsKnownAsync(transaction, caller, person))
        {
            throw Bad(
                "personId", "bad_person",
                $"There is no person {person} within your reach; /api/v1/people lists them. Somebody from elsewhere is named by personName and phone.");
        }
    }

    private static async Task<Found> FindAsync(NpgsqlTransaction transaction, long id) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<FoundRow>(
            """
            select d.grid_id, g.code, g.name, d.role, d.person_id, d.from_at, d.to_at, d.stands_in_for,
                   (select o.person_id from duty o where o.id = d.stands_in_for) as original
            from duty d
            left join lateral (select v.code, v.name from grid_version v where v.grid_id = d.grid_id order by v.from_generation desc limit 1) g on true
            where d.id = @id for update of d
            """,
            new { id }, transaction) is { } row
            ? new Found(new DutyPlace(row.GridId, row.Code, row.Name, row.Role, null), row.PersonId, row.FromAt, row.ToAt, row.StandsInFor is not null, row.Original)
            : throw new ProblemException(Problem.NotFound("unknown_duty", $"There is no duty {id}; /api/v1/duties lists them."));

    private static Task NoticeAsync(NpgsqlTransaction transaction, DutyPlace place, long id) =>
        EventOutbox.AddAsync(transaction, EventOutbox.Duty, new { duty = id, code = place.Code, place.Role }, place.GridId);

    /// <summary>The instant at which what is done now begins, UTC.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));

    private sealed record Found(DutyPlace Place, long PersonId, DateTime From, DateTime? To, bool StandsIn, long? Original);

    private sealed record FoundRow(
        long? GridId, string? Code, string? Name, string Role, long PersonId, DateTime FromAt, DateTime? ToAt, long? StandsInFor, long? Original);
}
