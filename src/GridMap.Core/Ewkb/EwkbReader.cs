using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Ewkb;

/// <summary>
/// Reads EWKB as PostGIS sends it. Polygons in two dimensions, which are nearly all there is, are copied ring by ring; everything else is
/// left to NetTopologySuite. Stateless and thread safe.
/// </summary>
public static class EwkbReader
{
    private const uint PolygonType = 3, MultiPolygonType = 6, SridFlag = 0x2000_0000;
    private const int HeaderBytes = 5, CountBytes = 4, PositionBytes = 16;

    // Read with the lattice's factory, so that what comes back has the precision model and SRID it went in with.
    private static readonly NtsGeometryServices Services = new(Lattice.PrecisionModel, Lattice.Srid);

    /// <summary>Reads one geometry.</summary>
    /// <param name="bytes">All of it, and nothing else; not kept.</param>
    /// <exception cref="ParseException">The bytes are no EWKB.</exception>
    public static Geometry Read(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        if (BitConverter.IsLittleEndian && rest.Length > HeaderBytes && TryType(ref rest, out var srid) is { } type && srid is 0 or Lattice.Srid)
        {
            if (type == PolygonType && TryPolygon(ref rest) is { } polygon)
                return polygon;
            if (type == MultiPolygonType && TryMultiPolygon(ref rest) is { } polygons)
                return polygons;
        }

        return new WKBReader(Services).Read(bytes);
    }

    private static MultiPolygon? TryMultiPolygon(ref ReadOnlySpan<byte> rest)
    {
        if (!TryCount(ref rest, HeaderBytes + CountBytes, out var count))
            return null;
        var polygons = new Polygon[count];
        for (var i = 0; i < count; i++)
        {
            if (TryType(ref rest, out _) != PolygonType || TryPolygon(ref rest) is not { } polygon)
                return null;
            polygons[i] = polygon;
        }

        return Lattice.Factory.CreateMultiPolygon(polygons);
    }

    private static Polygon? TryPolygon(ref ReadOnlySpan<byte> rest)
    {
        if (!TryCount(ref rest, CountBytes, out var count))
            return null;
        var rings = new LinearRing[count];
        for (var i = 0; i < count; i++)
        {
            // Shorter rings, and open ones, are an error that has its words elsewhere.
            if (!TryCount(ref rest, PositionBytes, out var positions) || positions < 4)
                return null;
            var ordinates = MemoryMarshal.Cast<byte, double>(rest[..(positions * PositionBytes)]).ToArray();
            if (ordinates[0] != ordinates[^2] || ordinates[1] != ordinates[^1])
                return null;
            rings[i] = PackedPolygons.Ring(ordinates);
            rest = rest[(positions * PositionBytes)..];
        }

        return count == 0 ? Lattice.Factory.CreatePolygon() : Lattice.Factory.CreatePolygon(rings[0], rings[1..]);
    }

    /// <summary>The type of a little-endian geometry in two dimensions; null for another.</summary>
    private static uint? TryType(ref ReadOnlySpan<byte> rest, out int srid)
    {
        srid = 0;
        if (rest.Length < HeaderBytes || rest[0] != 1)
            return null;
        var type = BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]);
        rest = rest[HeaderBytes..];
        if ((type & SridFlag) != 0)
        {
            if (rest.Length < CountBytes)
                return null;
            srid = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[CountBytes..];
        }

        return type & ~SridFlag;
    }

    /// <summary>A count of things of which each takes so many bytes or more; false when they cannot be there.</summary>
    private static bool TryCount(ref ReadOnlySpan<byte> rest, int leastBytes, out int count)
    {
        count = 0;
        if (rest.Length < CountBytes)
            return false;
        var number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[CountBytes..];
        count = (int)Math.Min(number, int.MaxValue);
        return (long)number * leastBytes <= rest.Length;
    }
}
