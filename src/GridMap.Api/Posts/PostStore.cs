using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Posts;

/// <summary>Offers posts, takes claims, and makes those that the grid's leader accepts volunteers. Thread safe.</summary>
internal sealed class PostStore(Database database, DutyStore duties, TimeProvider clock)
{
    private const string Kind = "post";
    private const int MaxTitle = 100;
    private const int MaxText = 4000;
    private const int MaxPlaces = 1000;

    // Who answers for the grid, or for one round it, is told who came forward.
    private const string LeadersSql =
        """
        with recursive up as (
            select @grid as grid_id, 0 as steps
            union all
            select v.parent_id, up.steps + 1 from up join grid_version v on v.grid_id = up.grid_id and v.to_generation is null
            where v.parent_id is not null
        )
        select person_id from duty where role = 'grid_leader' and from_at <= @now and (to_at is null or to_at > @now) and grid_id = (
            select d.grid_id from up join duty d on d.grid_id = up.grid_id
            where d.role = 'grid_leader' and d.from_at <= @now and (d.to_at is null or d.to_at > @now) order by up.steps limit 1)
        """;

    /// <exception cref="ProblemException">400 or 403: nothing was stored.</exception>
    public async Task<long> OfferAsync(Caller caller, NewPostBody body, CancellationToken cancel)
    {
        var title = InputText.Clean(body.Title, "title", MaxTitle);
        if (title.Length == 0)
        {
            throw Bad("title", "bad_title", "Say what the post is called.");
        }

        var places = body.Places ?? 1;
        if (places is < 1 or > MaxPlaces)
        {
            throw Bad("places", "bad_places", $"A post has 1 to {MaxPlaces} places.");
        }

        if (body.Until is { } until && until.UtcDateTime <= Now)
        {
            throw Bad("until", "bad_until", "until lies in the future, or is left out.");
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var place = await DutyStore.PlaceAsync(transaction, caller, Role.Volunteer, body.Grid);
        var id = await connection.ExecuteScalarAsync<long>(
            """
            insert into post (grid_id, title, text, places, until, created_at, created_by)
            values (@GridId, @title, @text, @places, @until, @Now, @Who) returning id
            """,
            new
            {
                place.GridId,
                title,
                text = InputText.Clean(body.Text, "text", MaxText),
                places,
                until = body.Until?.UtcDateTime,
                Now,
                caller.Who,
            },
            transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "post.offer", Kind, id.ToString(), place.GridId, After: new { title, places, body.Until, place.Code }));
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>Takes no more claims; who holds the post keeps it.</summary>
    /// <exception cref="ProblemException">403, 404 or 409.</exception>
    public async Task CloseAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var post = await LockAsync(transaction, id);
        await RequireAsync(transaction, caller, post);
        if (post.ClosedAt is not null)
        {
            throw new ProblemException(Problem.Conflict("closed_already", $"Post {id} is closed already."));
        }

        await connection.ExecuteAsync("update post set closed_at = @Now where id = @id", new { id, Now }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("post.close", Kind, id.ToString(), post.GridId));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Comes forward.</summary>
    /// <exception cref="ProblemException">403, 404 or 409: nothing was stored.</exception>
    public async Task ClaimAsync(Caller caller, long id, NewClaimBody? body, CancellationToken cancel)
    {
        if (caller.PersonId is not { } person)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status403Forbidden, "no_person", "Your account is nobody's: the administrator gives it to a person, and then you can come forward."));
        }

        var note = InputText.Clean(body?.Note, "note", MaxText);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var post = await LockAsync(transaction, id);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), post.GridId))
        {
            throw Unknown(id);
        }

        if (post.ClosedAt is not null || post.Until <= Now)
        {
            throw new ProblemException(Problem.Conflict("post_closed", $"Post {id} takes no more claims."));
        }

        var claim = await connection.ExecuteScalarAsync<long?>(
            """
            insert into post_claim (post_id, person_id, note, claimed_at) values (@id, @person, @note, @Now)
            on conflict (post_id, person_id) where state in ('open', 'accepted') do nothing returning id
            """,
            new { id, person, note, Now }, transaction)
            ?? throw new ProblemException(Problem.Conflict("claimed_already", $"You have come forward for post {id} already."));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("post.claim", Kind, id.ToString(), post.GridId, After: new { claim, person }));
        foreach (var leader in await connection.QueryAsync<long>(LeadersSql, new { grid = post.GridId, now = Now }, transaction))
        {
            await InboxWriter.TellAsync(
                transaction, leader, "post.claimed",
                new { post = id, claim, post.Title, grid = post.Code, gridName = post.Name, person = caller.PersonName }, $"/grids/{post.Code}/people");
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Takes one's own claim back, while it is open.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task WithdrawAsync(Caller caller, long id, long claim, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var post = await LockAsync(transaction, id);
        var rows = await connection.ExecuteAsync(
            "update post_claim set state = 'withdrawn', decided_at = @Now where id = @claim and post_id = @id and person_id = @PersonId and state = 'open'",
            new { id, claim, caller.PersonId, Now }, transaction);
        if (rows == 0)
        {
            throw UnknownClaim(id, claim);
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry("post.withdraw", Kind, id.ToString(), post.GridId, After: new { claim }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Makes who came forward a volunteer, or says no.</summary>
    /// <exception cref="ProblemException">403, 404 or 409: nothing was changed.</exception>
    public async Task DecideAsync(Caller caller, long id, long claim, bool accept, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var post = await LockAsync(transaction, id);
        await RequireAsync(transaction, caller, post);
        var person = await connection.ExecuteScalarAsync<long?>(
            "select person_id from post_claim where id = @claim and post_id = @id and state = 'open'", new { id, claim }, transaction)
            ?? throw UnknownClaim(id, claim);
        long? duty = null;
        if (accept)
        {
            var taken = await connection.ExecuteScalarAsync<int>(
                "select count(*)::int from post_claim c join duty d on d.id = c.duty_id where c.post_id = @id and (d.to_at is null or d.to_at > @Now)",
                new { id, Now }, transaction);
            if (taken >= post.Places || post.ClosedAt is not null || post.Until <= Now)
            {
                throw new ProblemException(Problem.Conflict("post_full", $"Post {id} has {post.Places} places, all taken, or is over."));
            }

            duty = await duties.BeginAsync(
                transaction, caller, new DutyPlace(post.GridId, post.Code, post.Name, Role.Volunteer, null), person, new DutyTerms(Now, post.Until));
        }

        await connection.ExecuteAsync(
            "update post_claim set state = @state, decided_at = @Now, decided_by = @Who, duty_id = @duty where id = @claim",
            new { claim, state = accept ? "accepted" : "declined", Now, caller.Who, duty }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            accept ? "post.accept" : "post.decline", Kind, id.ToString(), post.GridId, After: new { claim, person, duty }));
        await InboxWriter.TellAsync(
            transaction, person, accept ? "post.accepted" : "post.declined", new { post = id, post.Title, grid = post.Code, gridName = post.Name }, "/me");
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>404.</summary>
    public static ProblemException Unknown(long id) => new(Problem.NotFound("unknown_post", $"There is no post {id}; /api/v1/posts lists them."));

    private static ProblemException UnknownClaim(long id, long claim) =>
        new(Problem.NotFound("unknown_claim", $"Post {id} has no open claim {claim}; it may have been decided or withdrawn meanwhile."));

    private static Task RequireAsync(NpgsqlTransaction transaction, Caller caller, PostRow post) =>
        Refusals.RequireAsync(transaction, caller.ReachToAppoint(Role.Volunteer), post.GridId, $"A post on {post.Code}");

    private static async Task<PostRow> LockAsync(NpgsqlTransaction transaction, long id) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<PostRow>(
            """
            select o.id, o.grid_id, g.code, g.name, o.title, o.places, o.until, o.closed_at from post o
            left join lateral (select v.code, v.name from grid_version v where v.grid_id = o.grid_id order by v.from_generation desc limit 1) g on true
            where o.id = @id for update of o
            """,
            new { id }, transaction) ?? throw Unknown(id);

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private sealed record PostRow(long Id, long GridId, string Code, string Name, string Title, int Places, DateTime? Until, DateTime? ClosedAt);
}
