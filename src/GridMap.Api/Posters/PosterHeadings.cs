using System.Globalization;
using GridMap.Api.Campaigns;
using GridMap.Api.Settings;
using GridMap.Core.Posters.Battle;

namespace GridMap.Api.Posters;

/// <summary>The sentences at the head of a poster in one language. Immutable.</summary>
internal sealed class PosterHeadings(GridMapOptions settings, bool isChinese)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>What the installation is called.</summary>
    public string Installation => isChinese ? settings.Title : settings.TitleEn;

    /// <summary>In the largest letters.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="place">Where; null for a territory of several grids.</param>
    /// <param name="layer">What the grids are coloured by.</param>
    public string Title(CampaignAnswer campaign, string? place, PosterLayer layer)
    {
        var kind = (layer, isChinese) switch
        {
            (PosterLayer.Light, true) => "作战图",
            (PosterLayer.Light, false) => "battle map",
            (_, true) => "进度图",
            _ => "progress map",
        };
        return isChinese ? $"{place}{(place is [.., < (char)128] ? " " : "")}{campaign.Name}{kind}" : string.Join(": ", ((string?[])[place, $"{Campaign(campaign)}, {kind}"]).Where(part => part is not null));
    }

    /// <summary>Under the title.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="around">Names of the grids around the one that is shown, outermost first.</param>
    /// <param name="level">Of the grids that are shown.</param>
    /// <param name="grids">How many they are.</param>
    public string Under(CampaignAnswer campaign, IEnumerable<string> around, int level, int grids)
    {
        var days = isChinese ? $"{Text(campaign.From)} 至 {Text(campaign.To)}" : $"{Text(campaign.From)} to {Text(campaign.To)}";
        return string.Join(" · ", [Installation, .. around, Campaign(campaign), days, isChinese ? $"{Level(level)} {grids} 个" : $"{Level(level)}: {grids}"]);

        static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", English);
    }

    /// <summary>The day of the figures.</summary>
    public string Day(DateOnly day) => isChinese
        ? $"{day.Year}年{day.Month}月{day.Day}日 周{"日一二三四五六"[(int)day.DayOfWeek]}"
        : day.ToString("dddd d MMMM yyyy", English);

    /// <summary>Whether the figures may still move.</summary>
    public string State(DateTimeOffset? frozenAt)
    {
        if (frozenAt is not { } moment)
            return isChinese ? "实时数据，补报后会变" : "live figures, which later entries still change";
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)).ToString("yyyy-MM-dd HH:mm", English);
        return isChinese ? $"数据已于 {local} 定格" : $"figures frozen on {local}";
    }

    /// <summary>What a level is called.</summary>
    public string Level(int level) => level > settings.Levels.Length ? level.ToString(English) : isChinese ? settings.Levels[level - 1].Name : settings.Levels[level - 1].NameEn;

    /// <summary>What a work item is called.</summary>
    public string Of(CampaignItem item) => isChinese || item.NameEn.Length == 0 ? item.Name : item.NameEn;

    private string Campaign(CampaignAnswer campaign) => isChinese || campaign.NameEn.Length == 0 ? campaign.Name : campaign.NameEn;
}
