using GridMap.Core.Coverages;
using GridMap.Core.Progress;

namespace GridMap.Core.Posters.Battle;

/// <summary>Papers of ISO 216 that a poster is made for.</summary>
public enum PosterPaper
{
    /// <summary>841 by 1189 mm.</summary>
    A0,

    /// <summary>594 by 841 mm.</summary>
    A1,

    /// <summary>420 by 594 mm.</summary>
    A2,

    /// <summary>297 by 420 mm.</summary>
    A3,

    /// <summary>210 by 297 mm.</summary>
    A4,
}

/// <summary>What the zones of a poster are coloured and ranked by.</summary>
public enum PosterLayer
{
    /// <summary>The light, ranked by SPI.</summary>
    Light,

    /// <summary>Percent of the whole plan.</summary>
    Percent,
}

/// <summary>One of the grids that a poster is about. Immutable.</summary>
/// <param name="Grid">Its index in the coverage.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Percent">Of the whole plan, 0 to 1; null when nothing is planned.</param>
/// <param name="Spi">Of what was planned by the day, 0 to 1; null when nothing was.</param>
/// <param name="Light">Its colour.</param>
/// <param name="Behind">The name of the item that pulls most; null when none does.</param>
public sealed record PosterRow(int Grid, string Name, decimal? Percent, decimal? Spi, Light Light, string? Behind);

/// <summary>What was planned and done of one work item, over all rows. Immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Planned">Of the whole campaign.</param>
/// <param name="PlannedBy">By the day.</param>
/// <param name="Done">By the day.</param>
public sealed record PosterItem(string Name, string Unit, decimal Planned, decimal PlannedBy, decimal Done);

/// <summary>The sums over all rows. Immutable.</summary>
/// <param name="Percent">Of the whole plan.</param>
/// <param name="Spi">Of what was planned by the day.</param>
/// <param name="Light">Of the SPI.</param>
/// <param name="HeadCount">People out that day.</param>
/// <param name="LoggedZones">Zones that logged that day.</param>
/// <param name="Zones">All zones.</param>
/// <param name="IssuesOpen">At the end of the day.</param>
/// <param name="IssuesOverdue">Open then, and due before.</param>
/// <param name="IssuesWrittenOff">Written off by then.</param>
public sealed record PosterTotal(
    decimal? Percent, decimal? Spi, Light Light, int HeadCount, int LoggedZones, int Zones, int IssuesOpen, int IssuesOverdue, int IssuesWrittenOff);

/// <summary>The map of a poster. Immutable.</summary>
/// <param name="Coverage">All grids.</param>
/// <param name="Names">What each grid of the coverage is called, by its index.</param>
/// <param name="Level">Of the rows.</param>
/// <param name="Focus">Index of the grid that the poster is of; null for the whole territory.</param>
/// <param name="Ground">Water, roads and the like; may be empty.</param>
public sealed record PosterMapContent(Coverage Coverage, IReadOnlyList<string> Names, int Level, int? Focus, IReadOnlyList<SheetGround> Ground);

/// <summary>All that stands on a poster (挂图), ready to be drawn. Immutable.</summary>
/// <param name="Language">Of the headings; names are as they are.</param>
/// <param name="Layer">What the zones are coloured by.</param>
/// <param name="Title">In large letters.</param>
/// <param name="Under">Under it: what the campaign is and when.</param>
/// <param name="Day">The day of the figures, in words.</param>
/// <param name="State">Whether they are frozen, in words.</param>
/// <param name="Number">The poster's number, which tells one state of the figures from another.</param>
/// <param name="Approval">审图号; empty for none.</param>
/// <param name="DrawnBy">Who made it.</param>
/// <param name="RowWord">What the level of the rows is called.</param>
/// <param name="Limits">Of the lights.</param>
/// <param name="Items">The work items.</param>
/// <param name="Total">Sums.</param>
/// <param name="Rows">The grids, in any order; at least one.</param>
/// <param name="Map">The map.</param>
public sealed record PosterContent(
    SheetLanguage Language, PosterLayer Layer, string Title, string Under, string Day, string State, string Number, string Approval, string DrawnBy, string RowWord,
    LightLimits Limits, IReadOnlyList<PosterItem> Items, PosterTotal Total, IReadOnlyList<PosterRow> Rows, PosterMapContent Map);
