namespace GridMap.Core.Coordinates;

/// <summary>Why a position or a geometry was not let in.</summary>
public enum EntryRefusal
{
    /// <summary>It was let in.</summary>
    None,

    /// <summary>A coordinate is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A longitude beyond ±180 or a latitude beyond ±90 degrees.</summary>
    OutOfRange,

    /// <summary>A latitude beyond ±<see cref="LonLat.MaxLat"/> degrees.</summary>
    Beyond85,

    /// <summary>An edge spans more than 180 degrees of longitude, or ends on longitude 180, which is -180.</summary>
    CrossesAntimeridian,

    /// <summary>Long edges would need more than <see cref="LatticeGeometry.MaxVerticesAdded"/> vertices.</summary>
    EdgesTooLong,

    /// <summary>Neither a Polygon nor a MultiPolygon.</summary>
    NotPolygonal,

    /// <summary>No polygon, or none with three different points left on the lattice.</summary>
    Empty,
}

/// <summary>The wire codes of <see cref="EntryRefusal"/> and what to do about each.</summary>
public static class EntryRefusals
{
    /// <summary>The stable code that stands in a problem's answer.</summary>
    public static string Code(this EntryRefusal refusal) => refusal switch
    {
        EntryRefusal.None => "none",
        EntryRefusal.NotFinite => "not_finite",
        EntryRefusal.OutOfRange => "out_of_range",
        EntryRefusal.Beyond85 => "beyond_85",
        EntryRefusal.CrossesAntimeridian => "crosses_antimeridian",
        EntryRefusal.EdgesTooLong => "edges_too_long",
        EntryRefusal.NotPolygonal => "not_polygonal",
        EntryRefusal.Empty => "empty",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal."),
    };

    /// <summary>One English sentence: what is wrong and what to send instead.</summary>
    public static string Message(this EntryRefusal refusal) => refusal switch
    {
        EntryRefusal.None => "Accepted.",
        EntryRefusal.NotFinite => "A coordinate is not a finite number; send decimal degrees.",
        EntryRefusal.OutOfRange =>
            "Longitude must be within -180 and 180 and latitude within -90 and 90 degrees, longitude first; check the order and the crs.",
        EntryRefusal.Beyond85 => "Latitude must be within -85 and 85 degrees; nothing is stored nearer to a pole.",
        EntryRefusal.CrossesAntimeridian => "The shape crosses or touches longitude 180 from the west; send a shape on one side of it.",
        EntryRefusal.EdgesTooLong => "The shape's edges are thousands of degrees long altogether; check the coordinates.",
        EntryRefusal.NotPolygonal => "Send a Polygon or a MultiPolygon.",
        EntryRefusal.Empty => "The shape encloses nothing; send at least one ring of three different points.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal."),
    };
}
