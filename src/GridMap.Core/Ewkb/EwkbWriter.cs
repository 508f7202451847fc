using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Ewkb;

/// <summary>
/// Writes EWKB as PostGIS takes it: little-endian, with the SRID of the geometry on its outermost part. Polygons that hold their ordinates
/// in arrays are copied ring by ring; everything else is left to NetTopologySuite. Stateless and thread safe.
/// </summary>
public static class EwkbWriter
{
    private const uint PolygonType = 3, MultiPolygonType = 6, SridFlag = 0x2000_0000;

    /// <summary>Writes one geometry.</summary>
    /// <param name="geometry">Any; two dimensions are written of packed polygons, as they have no more.</param>
    public static byte[] Write(Geometry geometry)
    {
        if (BitConverter.IsLittleEndian && geometry is MultiPolygon { SRID: > 0 } polygons && SizeOf(polygons) is > 0 and var size)
        {
            var bytes = new byte[size];
            Write(polygons, bytes);
            return bytes;
        }

        return new WKBWriter(ByteOrder.LittleEndian, handleSRID: true).Write(geometry);
    }

    /// <summary>Bytes that packed polygons take; 0 when some are not.</summary>
    private static int SizeOf(MultiPolygon polygons)
    {
        var size = 13;
        foreach (var part in polygons.Geometries)
        {
            var polygon = (Polygon)part;
            if (polygon.IsEmpty)
                return 0;
            size += 9;
            for (var ring = 0; ring <= polygon.NumInteriorRings; ring++)
            {
                if (!PackedPolygons.TryGet(RingOf(polygon, ring), out var ordinates))
                    return 0;
                size += 4 + ordinates.Length * sizeof(double);
            }
        }

        return size;
    }

    private static void Write(MultiPolygon polygons, Span<byte> rest)
    {
        Begin(ref rest, MultiPolygonType | SridFlag);
        Put(ref rest, (uint)polygons.SRID);
        Put(ref rest, (uint)polygons.NumGeometries);
        foreach (var part in polygons.Geometries)
        {
            var polygon = (Polygon)part;
            Begin(ref rest, PolygonType);
            Put(ref rest, (uint)polygon.NumInteriorRings + 1);
            for (var ring = 0; ring <= polygon.NumInteriorRings; ring++)
            {
                PackedPolygons.TryGet(RingOf(polygon, ring), out var ordinates);
                Put(ref rest, (uint)ordinates.Length / 2);
                var bytes = MemoryMarshal.AsBytes(ordinates);
                bytes.CopyTo(rest);
                rest = rest[bytes.Length..];
            }
        }
    }

    private static LineString RingOf(Polygon polygon, int ring) => ring == 0 ? polygon.ExteriorRing : polygon.GetInteriorRingN(ring - 1);

    private static void Begin(ref Span<byte> rest, uint type)
    {
        rest[0] = 1;
        rest = rest[1..];
        Put(ref rest, type);
    }

    private static void Put(ref Span<byte> rest, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(rest, value);
        rest = rest[4..];
    }
}
