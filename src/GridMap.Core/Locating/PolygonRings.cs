using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>
/// The rings of one multipolygon, ready to be walked. A packed polygon's own ordinates are referred to and not copied: most grids
/// cost one pointer, which leads to all their edges in one go. The default value has no rings. Immutable and thread safe.
/// </summary>
internal readonly struct PolygonRings
{
    // A grid of 32 edges.
    private const int PrefetchedLines = 9, CacheLine = 64;

    // The ordinates of a polygon that is one short ring; else Ring[]. To tell them apart takes no more than the line that is read anyway.
    private readonly object? rings;

    private PolygonRings(object rings) => this.rings = rings;

    /// <summary>The rings of a polygon on the lattice, which is not changed any more.</summary>
    public static PolygonRings Of(MultiPolygon polygon)
    {
        var all = new List<Ring>();
        for (var i = 0; i < polygon.NumGeometries; i++)
        {
            var part = (Polygon)polygon.GetGeometryN(i);
            all.Add(new Ring(OrdinatesOf(part.ExteriorRing), isHole: false));
            for (var hole = 0; hole < part.NumInteriorRings; hole++)
                all.Add(new Ring(OrdinatesOf(part.GetInteriorRingN(hole)), isHole: true));
        }
        return new PolygonRings(all is [{ IsShort: true } only] ? only.Ordinates : all.ToArray());
    }

    /// <summary>How many there are.</summary>
    public int Count => rings switch
    {
        double[] => 1,
        Ring[] several => several.Length,
        _ => 0,
    };

    /// <summary>One of them; each shell comes before its holes.</summary>
    public Ring this[int index] => rings is double[] ordinates ? new Ring(ordinates) : ((Ring[])rings!)[index];

    /// <summary>Asks memory for the first edges, so that they are there when something else has been done meanwhile.</summary>
    public unsafe void Prefetch()
    {
        if (!Sse.IsSupported || rings is null)
            return;
        // Whatever it is that lies there: nothing is read, and what cannot be is not fetched.
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<double[]>(rings)));
        for (var line = 0; line < PrefetchedLines; line++)
            Sse.Prefetch0(start + line * CacheLine);
    }

    /// <summary>Whether the point lies in the interior, on the boundary or in the exterior of the polygon; exactly.</summary>
    public Location Locate(LatticePoint point)
    {
        var inside = false;
        for (var i = 0; i < Count; i++)
        {
            switch (this[i].Locate(point))
            {
                case Location.Boundary:
                    return Location.Boundary;
                case Location.Interior:
                    inside = !inside;
                    break;
            }
        }
        return inside ? Location.Interior : Location.Exterior;
    }

    private static double[] OrdinatesOf(LineString ring)
    {
        if (PackedPolygons.TryGetArray(ring) is { } packed)
            return packed;
        var points = ring.CoordinateSequence;
        var ordinates = new double[2 * points.Count];
        for (var i = 0; i < points.Count; i++)
            (ordinates[2 * i], ordinates[2 * i + 1]) = (points.GetX(i), points.GetY(i));
        return ordinates;
    }
}
