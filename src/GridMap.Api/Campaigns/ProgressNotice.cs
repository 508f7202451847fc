namespace GridMap.Api.Campaigns;

/// <summary>What the event stream says of a campaign whose figures have changed.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="GridIds">The grids whose figures changed, those round them included; empty when all may have.</param>
/// <param name="Code">The grid that was logged for; null otherwise.</param>
/// <param name="Day">The day that was logged or frozen; null otherwise.</param>
internal sealed record ProgressNotice(long Campaign, long[] GridIds, string? Code, DateOnly? Day);
