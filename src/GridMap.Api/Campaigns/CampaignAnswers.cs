namespace GridMap.Api.Campaigns;

/// <summary>What a campaign counts.</summary>
public sealed record CampaignItem(string Code, string Name, string NameEn, string Unit, decimal Weight);

/// <summary>From which SPI on a light is green or yellow.</summary>
public sealed record CampaignLimits(decimal Green, decimal Yellow);

/// <summary>A part of a campaign with a theme of its own; both days included.</summary>
public sealed record CampaignPhase(string Name, string NameEn, DateOnly From, DateOnly To);

/// <summary>A campaign over the grids of one level.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Chinese.</param>
/// <param name="NameEn">English; may be empty.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="ZoneLevel">The level whose grids are its zones.</param>
/// <param name="Generation">The generation that its zones are of.</param>
/// <param name="Zones">How many zones.</param>
/// <param name="Items">In the office's order.</param>
/// <param name="Limits">Of the lights.</param>
/// <param name="Today">The office's day, clamped into the campaign.</param>
/// <param name="LastLog">The last day with a work log; null without any.</param>
/// <param name="Phases">In their order; may be none.</param>
/// <param name="Version">Sent back with a change.</param>
/// <param name="NewestGeneration">The one in force now: newer than <paramref name="Generation"/> until the campaign is moved onto it.</param>
/// <param name="GoneZones">How many of its zones are not on that one any more.</param>
public sealed record CampaignAnswer(
    long Id, string Name, string NameEn, DateOnly From, DateOnly To, int ZoneLevel, int Generation, int Zones,
    IReadOnlyList<CampaignItem> Items, CampaignLimits Limits, DateOnly Today, DateOnly? LastLog, IReadOnlyList<CampaignPhase> Phases,
    int Version, int NewestGeneration, int GoneZones);

/// <summary>What a new campaign is made from.</summary>
public sealed record NewCampaign(
    string? Name, string? NameEn, DateOnly? From, DateOnly? To, int? ZoneLevel, IReadOnlyList<NewCampaignItem?>? Items, CampaignLimits? Limits,
    IReadOnlyList<NewCampaignPhase?>? Phases);

/// <summary>An item of a new campaign.</summary>
public sealed record NewCampaignItem(string? Code, string? Name, string? NameEn, string? Unit, decimal? Weight);

/// <summary>A phase of a new campaign.</summary>
public sealed record NewCampaignPhase(string? Name, string? NameEn, DateOnly? From, DateOnly? To);
