using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Surveys;

/// <summary>Links that are to be made.</summary>
/// <param name="Grid">The code of the grid whose households they are for.</param>
/// <param name="Count">How many, without labels.</param>
/// <param name="Labels">Or one for each of these, such as a house's number.</param>
public sealed record SurveyLinksBody(string? Grid, int? Count = null, string?[]? Labels = null);

/// <summary>A link that was made; its word is told this once.</summary>
/// <param name="Id">To revoke it.</param>
/// <param name="Label">What it is known by.</param>
/// <param name="Path">The page that it opens.</param>
public sealed record NewSurveyLink(long Id, string Label, string Path);

/// <summary>Links that were made.</summary>
/// <param name="Grid">Whose households they are for.</param>
/// <param name="Items">In the order of their labels.</param>
public sealed record NewSurveyLinks(string Grid, IReadOnlyList<NewSurveyLink> Items);

/// <summary>A household's link, without its word.</summary>
/// <param name="Id">To revoke it.</param>
/// <param name="Grid">The code of its grid.</param>
/// <param name="GridName">The name of its grid.</param>
/// <param name="Label">What it is known by.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Answered">Whether it was used: whom to remind, and not what they said.</param>
/// <param name="RevokedAt">When it was revoked; null: it holds.</param>
public sealed record SurveyLinkItem(long Id, string Grid, string GridName, string Label, DateTimeOffset CreatedAt, bool Answered, DateTimeOffset? RevokedAt);

/// <summary>The links by which households answer once. Thread safe.</summary>
internal sealed class SurveyLinks(Database database)
{
    private const int MostAtOnce = 1000;
    private const int MaxLabel = 60;

    private const string ListSql =
        """
        select l.id, v.code as grid, v.name as grid_name, l.label, l.created_at, exists (select from survey_answer a where a.link_id = l.id) as answered, l.revoked_at
        from survey_link l
        join lateral (select code, name from grid_version v where v.grid_id = l.grid_id order by from_generation desc limit 1) v on true
        where l.survey_id = @id and (@after::bigint is null or l.id > @after) and (@reach::bigint[] is null or l.grid_id in (select reach(@reach)))
          and (@grid::text is null or l.grid_id in (select reach(array(select grid_id from grid_code where code = @grid))))
        order by l.id limit @most
        """;

    /// <summary>A page of links, in the order in which they were made.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<Page<SurveyLinkItem>> ListAsync(Caller caller, long id, string? grid, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        await using var connection = await database.OpenAsync(cancel);
        await SurveyRow.FindAsync(connection, null, id);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { id, grid, after, most = limit + 1, reach = caller.ReachOf(Permission.RunCampaigns).Roots }, cancellationToken: cancel))).ToList();
        return Paging.Cut(
            [.. rows.Select(row => new SurveyLinkItem(row.Id, row.Grid, row.GridName, row.Label, row.CreatedAt, row.Answered, row.RevokedAt))], limit, link => [link.Id.ToString()]);
    }

    /// <summary>Makes links.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 409 for a survey that is closed.</exception>
    public async Task<NewSurveyLinks> CreateAsync(Caller caller, long id, SurveyLinksBody body, CancellationToken cancel)
    {
        var labels = Labels(body);
        if (string.IsNullOrWhiteSpace(body.Grid))
            throw new ProblemException(Problem.Bad("grid", "grid_required", "Say in grid whose households the links are for."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var survey = await SurveyStore.HoldAsync(transaction, caller, id);
        if (survey.State == "closed")
            throw new ProblemException(Problem.Conflict("survey_closed", $"Survey {id} is closed: nobody could use a link to it."));
        var grid = (await DutyPlace.FindAsync(transaction, body.Grid.Trim(), "")).GridId!.Value;
        if (survey.GridId is { } asked && !await Refusals.CoversAsync(connection, transaction, new Reach([asked]), grid))
            throw new ProblemException(Problem.Bad("grid", "outside_survey", $"The survey is not asked in grid {body.Grid}."));
        var words = labels.Select(_ => TrackLink.NewWord()).ToArray();
        var ids = (await connection.QueryAsync<long>(
            """
            insert into survey_link (survey_id, word_hash, grid_id, label, created_by)
            select @id, n.hash, @grid, n.label, @Who from unnest(@hashes, @labels) with ordinality as n (hash, label, place) order by n.place returning id
            """,
            new { id, grid, caller.Who, labels, hashes = words.Select(word => TrackLink.Hash(word)!).ToArray() }, transaction)).Order().ToList();
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.links", "survey", id.ToString(), grid, After: new { links = ids.Count }));
        await transaction.CommitAsync(CancellationToken.None);
        return new NewSurveyLinks(body.Grid.Trim(), [.. ids.Select((link, i) => new NewSurveyLink(link, labels[i], $"{SurveyAddress.PathOf(survey.Code)}?k={words[i]}"))]);
    }

    /// <summary>Revokes a link: a lost letter opens nothing. What was answered by it stays.</summary>
    /// <exception cref="ProblemException">403, 404.</exception>
    public async Task RevokeAsync(Caller caller, long id, long link, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SurveyStore.HoldAsync(transaction, caller, id);
        var grid = await connection.QuerySingleOrDefaultAsync<long?>("select grid_id from survey_link where survey_id = @id and id = @link", new { id, link }, transaction)
            ?? throw new ProblemException(Problem.NotFound("unknown_link", $"Survey {id} has no link {link}."));
        var revoked = await connection.ExecuteAsync("update survey_link set revoked_at = now(), revoked_by = @Who where id = @link and revoked_at is null", new { link, caller.Who }, transaction);
        if (revoked > 0)
            await AuditLog.AddAsync(transaction, caller, new AuditEntry("survey.revoke", "survey", id.ToString(), grid, After: new { link }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static string[] Labels(SurveyLinksBody body)
    {
        if (body.Labels is { Length: > 0 } labels)
        {
            return labels.Length <= MostAtOnce && body.Count is null
                ? [.. labels.Select((label, i) => InputText.Line(label, $"labels[{i}]", MaxLabel))]
                : throw new ProblemException(Problem.Bad("labels", "bad_labels", $"At most {MostAtOnce} labels, and no count beside them."));
        }

        return body.Count is > 0 and <= MostAtOnce
            ? [.. Enumerable.Repeat("", body.Count.Value)]
            : throw new ProblemException(Problem.Bad("count", "bad_count", $"Send count, 1 to {MostAtOnce}, or labels."));
    }

    private sealed record Row(long Id, string Grid, string GridName, string Label, DateTime CreatedAt, bool Answered, DateTime? RevokedAt);
}
