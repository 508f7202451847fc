using System.Text.Json;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Snapshots;

/// <summary>All that one snapshot knows about one grid. Immutable.</summary>
/// <param name="Shape">Identity, code, level, parent and polygon.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">village, community, enterprise or special.</param>
/// <param name="AreaSquareMetres">On the ellipsoid, as stored.</param>
/// <param name="Center">The pole of inaccessibility or another point inside, degrees lon lat.</param>
/// <param name="Attributes">A JSON object.</param>
/// <param name="Duties">Terms on this grid that run or will run, by role then person.</param>
public sealed record GridFacts(
    GridShape Shape, string Name, string Kind, double AreaSquareMetres, Coordinate Center, JsonElement Attributes, IReadOnlyList<DutyTerm> Duties)
{
    public long Id => Shape.Id;

    public string Code => Shape.Code;

    public int Level => Shape.Level;

    /// <summary>The grid's duty telephone, the only telephone that is public; null when it has none.</summary>
    public string? Telephone =>
        Attributes.TryGetProperty("telephone", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Who answers for the grid at that instant.</summary>
    public IEnumerable<DutyTerm> DutiesAt(DateTimeOffset instant) =>
        Duties.Where(duty => duty.From <= instant && (duty.To is null || instant < duty.To));
}

/// <summary>A person's term on a grid, [From, To), by which they answer for it; of their own or in another's place (代班).</summary>
public sealed record DutyTerm(long PersonId, string PersonName, string Role, DateTimeOffset From, DateTimeOffset? To, bool StandIn = false);
