using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Snapshots;
using GridMap.Core.Coordinates;
using GridMap.Core.Locating;

namespace GridMap.Api.Lookup;

/// <summary>One grid of the chain, with who answers for it and its duty telephone.</summary>
public sealed record LookupLink(
    int Level, long Id, string Code, string Name, string Kind, string? Telephone, IReadOnlyList<Responsible> Responsible)
{
    /// <summary>A grid with who answers for it at an instant.</summary>
    internal static LookupLink Of(GridFacts grid, PublicNames names, DateTimeOffset instant) =>
        new(grid.Level, grid.Id, grid.Code, grid.Name, grid.Kind, grid.Telephone, names.Of(grid, instant));
}

/// <summary>A grid that may be the one meant.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Distance">Metres; 0 when it covers the point.</param>
/// <param name="Share">Of the circle of accuracy; null without accuracy.</param>
public sealed record LookupCandidate(string Code, string Name, double Distance, decimal? Share);

/// <summary>The nearest grid of an outside point, metres.</summary>
public sealed record LookupNearest(string Code, string Name, double Distance);

/// <summary>Which grid a point is in, and who answers for it.</summary>
/// <param name="Point">As it was looked up: WGS84, on the lattice.</param>
/// <param name="Generation">The generation that answered.</param>
/// <param name="Match">interior, boundary or outside.</param>
/// <param name="Chain">Outermost first; empty outside.</param>
/// <param name="Candidates">Grids that touch the point or its circle of accuracy.</param>
/// <param name="OutsideShare">With the shares it sums to 1; null without accuracy.</param>
/// <param name="Nearest">For an outside point.</param>
/// <param name="BorderDistance">Metres to the border of the answering grid; null outside.</param>
public sealed record LookupResult(
    Position Point, int Generation, PointMatch Match, IReadOnlyList<LookupLink> Chain, IReadOnlyList<LookupCandidate> Candidates,
    decimal? OutsideShare, LookupNearest? Nearest, double? BorderDistance)
{
    /// <summary>Puts an answer of the locator on the wire, with names and people of one snapshot at one instant.</summary>
    internal static LookupResult From(Snapshot snapshot, LonLat point, LookupAnswer answer, PublicNames names, DateTimeOffset instant)
    {
        var grids = snapshot.Grids;
        return new LookupResult(
            new Position(point.Lon, point.Lat),
            snapshot.Generation.Number,
            answer.Location.Match,
            [.. answer.Location.Chain.Select(i => LookupLink.Of(grids[i], names, instant))],
            [.. answer.Candidates.Select(c => new LookupCandidate(grids[c.Grid].Code, grids[c.Grid].Name, Metres(c.Distance), c.Share))],
            answer.OutsideShare,
            answer.Nearest is { } nearest ? new LookupNearest(grids[nearest.Grid].Code, grids[nearest.Grid].Name, Metres(nearest.Distance)) : null,
            answer.BorderDistance is { } border ? Metres(border) : null);
    }

    /// <summary>A centimetre is finer than any distance here is good for.</summary>
    internal const int MetresDecimals = 2;

    /// <summary>A distance on the wire.</summary>
    internal static double Metres(double metres) => Math.Round(metres, MetresDecimals);
}
