using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Campaigns;

/// <summary>A day whose figures are to stand as they are.</summary>
public sealed record NewFreeze(DateOnly? Day);

/// <summary>A frozen day.</summary>
public sealed record FreezeReceipt(DateOnly Day, DateTimeOffset FrozenAt);

/// <summary>Freezing a day: what is recorded later for it is kept, and does not change that day's figures.</summary>
internal static class Freezes
{
    public static async Task<Created<FreezeReceipt>> AddAsync(
        Caller caller, Database database, CampaignStore campaigns, long id, NewFreeze body, CancellationToken cancel)
    {
        var (campaign, _) = await campaigns.FindAsync(id, cancel);
        if (body.Day is not { } day || day < campaign.From || day > campaign.To || day > campaigns.Today)
        {
            throw new ProblemException(Problem.Bad("day", "bad_day", "day is a day of the campaign, not in the future."));
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CampaignStore.RequireAsync(transaction, caller, id);
        var now = await CampaignStore.MoveOnAsync(transaction, id);
        var added = await connection.ExecuteAsync(
            "insert into frozen_day (campaign_id, day, frozen_at, by_name) values (@id, @day, @now, @Who) on conflict do nothing", new { id, day, now, caller.Who }, transaction);
        if (added == 0)
        {
            throw new ProblemException(Problem.Conflict("already_frozen", $"{day:yyyy-MM-dd} is frozen already; what was frozen stays."));
        }

        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [], null, day));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("campaign.freeze", "campaign", id.ToString(), After: new { day }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Created($"/api/v1/campaigns/{id}/progress?on={day:yyyy-MM-dd}", new FreezeReceipt(day, now));
    }
}
