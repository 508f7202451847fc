using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Campaigns;

/// <summary>What a campaign is to be called. Days, zones, items, weights and limits stay: frozen days are made of them.</summary>
/// <param name="Name">Chinese.</param>
/// <param name="NameEn">English; may be empty.</param>
/// <param name="Items">Other names of its items; those that are not named stay as they are.</param>
/// <param name="Phases">All of them.</param>
/// <param name="Version">The one that the campaign was read at.</param>
public sealed record ChangedCampaign(string? Name, string? NameEn, IReadOnlyList<ChangedCampaignItem?>? Items, IReadOnlyList<NewCampaignPhase?>? Phases, int Version);

/// <summary>Other names of an item.</summary>
public sealed record ChangedCampaignItem(string? Code, string? Name, string? NameEn);

/// <summary>Changes what a campaign and its parts are called.</summary>
internal static class CampaignChanges
{
    public static async Task<Ok<CampaignAnswer>> PutAsync(
        Caller caller, Database database, CampaignStore campaigns, long id, ChangedCampaign wanted, CancellationToken cancel)
    {
        var (before, _) = await campaigns.FindAsync(id, cancel);
        var name = CampaignForm.Text("name", wanted.Name);
        var nameEn = CampaignForm.Optional("nameEn", wanted.NameEn);
        var items = ReadItems(before, wanted.Items ?? []);
        var phases = CampaignForm.ReadPhases(wanted.Phases, before.From, before.To);

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CampaignStore.RequireAsync(transaction, caller, id);
        await CampaignStore.MoveOnAsync(transaction, id);
        var changed = await connection.ExecuteAsync(
            "update campaign set name = @name, name_en = @nameEn, version = version + 1 where id = @id and version = @Version", new { id, name, nameEn, wanted.Version }, transaction);
        if (changed == 0)
            throw new ProblemException(Problem.Conflict("changed_meanwhile", $"Somebody else changed campaign {id}. Read it again and repeat your change; nothing was stored."));
        await connection.ExecuteAsync(
            "update campaign_item set name = @Name, name_en = @NameEn where campaign_id = @id and code = @Code", items.Select(item => new { id, item.Name, item.NameEn, item.Code }), transaction);
        await connection.ExecuteAsync("delete from campaign_phase where campaign_id = @id", new { id }, transaction);
        await CampaignStore.InsertPhasesAsync(transaction, id, phases);
        await EventOutbox.AddAsync(transaction, EventOutbox.Progress, new ProgressNotice(id, [], null, null));
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "campaign.change", "campaign", id.ToString(), Before: new { before.Name, before.NameEn, before.Items, before.Phases }, After: new { name, nameEn, items, phases }));
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok((await campaigns.FindAsync(id, cancel)).Campaign);
    }

    private static List<CampaignItem> ReadItems(CampaignAnswer campaign, IReadOnlyList<ChangedCampaignItem?> wanted)
    {
        var items = new List<CampaignItem>(wanted.Count);
        for (var i = 0; i < wanted.Count; i++)
        {
            if (campaign.Items.FirstOrDefault(item => item.Code == wanted[i]?.Code) is not { } item)
                throw new ProblemException(Problem.Bad($"items[{i}].code", "bad_item", $"code is one of {string.Join(", ", campaign.Items.Select(one => one.Code))}: a running campaign gets no other items."));
            if (items.Exists(other => other.Code == item.Code))
                throw new ProblemException(Problem.Bad($"items[{i}].code", "duplicate_item", $"The code {item.Code} stands twice."));
            items.Add(item with { Name = CampaignForm.Text($"items[{i}].name", wanted[i]!.Name), NameEn = CampaignForm.Optional($"items[{i}].nameEn", wanted[i]!.NameEn) });
        }

        return items;
    }
}
