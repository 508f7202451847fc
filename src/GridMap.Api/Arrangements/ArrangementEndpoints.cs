using GridMap.Api.Callers;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Arrangements;

/// <summary><c>/api/v1/campaigns/{id}/arrangements</c>, <c>/recurring</c>, <c>/focuses</c>: what a schedule says beside its quantities.</summary>
internal static class ArrangementEndpoints
{
    public static void MapArrangements(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/campaigns/{id:long}").WithTags("campaigns");
        group.MapGet("/arrangements", DayArrangements.ListAsync).Needs(Permission.SeeMap)
            .WithSummary("What is arranged for each day, from= to= (this week), grid= with what is inside it; what comes back by a rule stands where nothing was entered.");
        group.MapPut("/arrangements", DayArrangements.PutAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Arrange days, all or none; each carries the version it was read at, 0 for a new one. Empty words: nothing that day. Who sees to a day to come is told.");
        group.MapGet("/arrangements/sheet", ArrangementSheets.ExportAsync).Needs(Permission.SeeMap).Produces<byte[]>(contentType: "application/octet-stream")
            .WithSummary("The same as xlsx or csv: a row for each zone and day, from= to= (this week), grid=; what comes back by a rule in a column of its own.");
        group.MapPost("/arrangements/sheet", ArrangementSheets.ReadAsync).Needs(Permission.RunCampaigns).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetUpload.MaxBytes))
            .Accepts<SheetFormBody>("multipart/form-data").Produces<ArrangementSheetReport>().Produces<ArrangementSheetReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("What a sheet would change, day by day, or 422 with what is wrong in it by cell. Nothing is stored: PUT /arrangements takes the changes as they are told here.");
        group.MapGet("/recurring", Recurrences.ListAsync).Needs(Permission.SeeMap).WithSummary("Arrangements that come back by a rule.");
        group.MapPost("/recurring", Recurrences.AddAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Have something come back in all zones of a grid, or of the campaign: a recurrence rule of RFC 5545 that names days.");
        group.MapPut("/recurring/{rule:long}", Recurrences.PutAsync).Needs(Permission.RunCampaigns).WithSummary("Change one, whole; its version is sent back.");
        group.MapDelete("/recurring/{rule:long}", Recurrences.DeleteAsync).Needs(Permission.RunCampaigns).WithSummary("Delete one.");
        group.MapGet("/focuses", Focuses.ListAsync).Needs(Permission.SeeMap).WithSummary("What months and weeks are about: a target grid, a theme.");
        group.MapPut("/focuses", Focuses.PutAsync).Needs(Permission.RunCampaigns).WithSummary("Set target grids of months and themes of weeks, all or none; each carries its version.");
    }
}
