using System.Text.Json.Serialization;
using GridMap.Api.BaseMaps;
using GridMap.Api.Callers;
using GridMap.Api.Context;
using GridMap.Api.Demonstration;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Settings;

/// <summary>A level with what it is called and how many grids it has now.</summary>
public sealed record LevelItem(int Level, string Name, string NameEn, int Grids);

/// <summary>What a viewer needs to know before it draws.</summary>
/// <param name="Title">The installation's name.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Generation">Null while nothing is published.</param>
/// <param name="Levels">Outermost first.</param>
/// <param name="Bbox">Of the territory; null while there is none.</param>
/// <param name="MapApproval">审图号; may be empty.</param>
/// <param name="ReportingOpen">Whether anybody may report.</param>
/// <param name="Demonstration">True where the invented township is shown.</param>
/// <param name="Context">Whether <c>/api/v1/context</c> has something.</param>
/// <param name="BaseMaps">What may be drawn under the grids, with those that are refused and why.</param>
/// <param name="PublicMap">Whether anybody may read the map; if not, one signs in first.</param>
/// <param name="SignedIn">Whether the caller is known by an account: then <c>/api/v1/me</c> says more.</param>
/// <param name="DemoAccounts">The accounts of the demonstration, and of nothing else; null where people are real.</param>
public sealed record SettingsAnswer(
    string Title, string TitleEn, string TimeZone, int? Generation, IReadOnlyList<LevelItem> Levels, double[]? Bbox,
    string MapApproval, bool ReportingOpen, bool Demonstration, bool Context, IReadOnlyList<BaseMapItem> BaseMaps, bool PublicMap, bool SignedIn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DemoAccount>? DemoAccounts = null);

/// <summary><c>/api/v1/settings</c>: the public part of the settings, and the territory's frame.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/settings", Get).Needs(Permission.None).WithTags("settings").WithSummary("What a viewer needs to know before it draws.");

    private static Ok<SettingsAnswer> Get(
        HttpContext context, Caller caller, SnapshotProvider snapshots, IOptions<GridMapOptions> options, DemonstrationState demonstration,
        ContextLayers layers, BaseMapCatalog baseMaps)
    {
        var snapshot = snapshots.Current;
        var settings = options.Value;

        // Who may not see the map learns how to sign in, and nothing of the territory.
        var open = caller.May(Permission.SeeMap);
        if (open)
        {
            GenerationHeader.Set(context, snapshot);
        }

        var counts = open ? snapshot.Grids.CountBy(grid => grid.Level).ToDictionary() : [];
        var levels = settings.Levels.Select((name, i) => new LevelItem(i + 1, name.Name, name.NameEn, counts.GetValueOrDefault(i + 1)));
        return TypedResults.Ok(new SettingsAnswer(
            settings.Title, settings.TitleEn, settings.TimeZone, !open || snapshot.Generation.Number == 0 ? null : snapshot.Generation.Number,
            [.. levels], open ? Frame(snapshot) : null, settings.MapApproval, settings.PublicMap && settings.ReportingOpen, demonstration.IsLoaded,
            open && layers.Exist, open ? [.. baseMaps.All.Select(BaseMapItem.Of)] : [], settings.PublicMap, caller.IsSignedIn, demonstration.Accounts));
    }

    private static double[]? Frame(Snapshot snapshot)
    {
        var box = new Envelope();
        foreach (var grid in snapshot.Grids.Where(grid => grid.Level == 1))
        {
            box.ExpandToInclude(grid.Shape.Polygon.EnvelopeInternal);
        }

        return box.IsNull ? null : Position.Bbox(box);
    }
}
