using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>The answer of <see cref="LatticeGeometry.Enter"/>: the geometry on the lattice, or why it was refused.</summary>
public sealed record EnteredGeometry
{
    /// <summary><see cref="EntryRefusal.None"/> when the geometry was let in.</summary>
    public EntryRefusal Refusal { get; init; }

    /// <summary>The place that led to the refusal, in degrees as it was given; null when none did or no single place is to blame.</summary>
    public Coordinate? RefusedAt { get; init; }

    /// <summary>
    /// Lattice coordinates in degrees, lon lat, SRID 4490, no Z or M; rings turn and start as they were given. It may be invalid:
    /// whether rings cross is for the coverage to judge. Null when refused.
    /// </summary>
    public MultiPolygon? Geometry { get; init; }

    /// <summary>Vertices that were not on the lattice after conversion to WGS84.</summary>
    public int VerticesMoved { get; init; }

    /// <summary>How far snapping moved the vertex that it moved most, metres; the change of datum does not count.</summary>
    public double MaxMovedMetres { get; init; }

    /// <summary>Vertices that equalled the one before them on the lattice.</summary>
    public int DuplicatesDropped { get; init; }

    /// <summary>Rings with fewer than three different points on the lattice; the holes of a dropped shell included.</summary>
    public int RingsDropped { get; init; }

    /// <summary>Vertices added to edges longer than <see cref="Lattice.MaxEdgeDegrees"/>.</summary>
    public int VerticesAdded { get; init; }
}
