using System.Globalization;
using System.Text;
using CsvHelper;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Audit;

/// <summary><c>/api/v1/audit</c>: who did what. Read only, for the office.</summary>
internal static class AuditEndpoints
{
    private static readonly string[] Columns =
        ["id", "at", "who", "accountId", "keyId", "personId", "address", "action", "subjectKind", "subject", "grid", "outcome", "before", "after"];

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/audit").WithTags("audit").Needs(Permission.SeeAudit);
        group.MapGet("/", List).WithSummary(
            "Entries, newest first: by who, account, action (duty, or duty.appoint), subject, grid and what is inside it, outcome, time [from, to).");
        group.MapGet("/export.csv", Export).WithSummary("The same entries, all of them, as CSV.").Produces<string>(contentType: "text/csv");
    }

    private static async Task<Ok<Page<AuditItem>>> List(
        Caller caller, AuditQueries audit, SnapshotProvider snapshots, [AsParameters] AuditQuery query, int? limit, string? cursor,
        CancellationToken cancel) =>
        TypedResults.Ok(await audit.ListAsync(caller, Filter(caller, snapshots.Current, query), Paging.Limit(limit), cursor, cancel));

    private static IResult Export(
        Caller caller, AuditQueries audit, SnapshotProvider snapshots, [AsParameters] AuditQuery query)
    {
        var filter = Filter(caller, snapshots.Current, query);
        return TypedResults.Stream(
            stream => WriteAsync(stream, caller, audit, filter), "text/csv; charset=utf-8", "audit.csv");
    }

    private static AuditFilter Filter(Caller caller, Snapshot snapshot, AuditQuery query)
    {
        var grid = query.Grid is null ? null : GridEndpoints.Find(snapshot, query.Grid);
        if (grid is not null && !caller.ReachOf(Permission.SeeAudit).Covers(snapshot, grid.Id))
        {
            throw Refusals.OutOfReach($"Grid {query.Grid}");
        }

        return new AuditFilter(
            query.Who, query.Account, query.Action, query.Kind, query.Subject, grid?.Id, query.Outcome, query.From?.Value, query.To?.Value);
    }

    private static async Task WriteAsync(Stream stream, Caller caller, AuditQueries audit, AuditFilter filter)
    {
        // The mark at the start lets office programs read it as UTF-8.
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var column in Columns)
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        string? cursor = null;
        do
        {
            var page = await audit.ListAsync(caller, filter, Paging.MaxLimit, cursor, CancellationToken.None);
            foreach (var item in page.Items)
            {
                foreach (var field in Fields(item))
                {
                    csv.WriteField(CellText.Harmless(field));
                }

                await csv.NextRecordAsync();
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string?[] Fields(AuditItem item) =>
    [
        item.Id.ToString(), item.At.ToString("O"), item.Who, item.AccountId?.ToString(), item.KeyId?.ToString(), item.PersonId?.ToString(), item.Address,
        item.Action, item.SubjectKind, item.Subject, item.Grid, item.Outcome, item.Before?.GetRawText(), item.After?.GetRawText(),
    ];
}

/// <summary>What the audit is narrowed by.</summary>
internal sealed record AuditQuery(
    string? Who, long? Account, string? Action, string? Kind, string? Subject, string? Grid, string? Outcome, Instant? From, Instant? To);
