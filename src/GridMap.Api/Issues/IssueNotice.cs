using GridMap.Api.Grids;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;

namespace GridMap.Api.Issues;

/// <summary>What the event stream says of an issue: public fields only.</summary>
internal sealed record IssueNotice(
    string Number, string State, string Category, string Transition, string? Code, long[] GridIds, Position Point, DateTimeOffset ReportedAt)
{
    public static Position PublicPosition(LonLat point)
    {
        var rounded = PublicPoint.Round(point);
        return new Position(rounded.Lon, rounded.Lat);
    }
}
