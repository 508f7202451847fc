using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GridMap.Core.Coordinates;

/// <summary><see cref="EnteredPoint.Enter(double, double, Datum)"/> for many positions, where they stand. Stateless, allocation free, thread safe.</summary>
public static class EnteredPoints
{
    private const int PositionsAtOnce = 2;

    // Below these a snapped position needs no second look: inside the ranges, and not on longitude 180, which is -180.
    private static readonly Vector256<double> Within = Vector256.Create(180, LonLat.MaxLat, 180, LonLat.MaxLat);

    /// <summary>Replaces positions of a datum, in degrees, by their lattice points on WGS84/CGCS2000.</summary>
    /// <param name="positions">What was sent; up to the first that is refused it is replaced.</param>
    /// <param name="datum">What they refer to.</param>
    /// <param name="first">The index of the first that is refused; -1 when all were let in.</param>
    /// <returns>Why; <see cref="EntryRefusal.None"/> when all were let in.</returns>
    public static EntryRefusal Enter(Span<LonLat> positions, Datum datum, out int first)
    {
        var done = datum is Datum.Wgs84 or Datum.Cgcs2000 ? Snap(MemoryMarshal.Cast<LonLat, double>(positions)) : 0;
        for (var i = done; i < positions.Length; i++)
        {
            var entered = EnteredPoint.Enter(positions[i].Lon, positions[i].Lat, datum);
            if (!entered.IsAccepted)
            {
                first = i;
                return entered.Refusal;
            }

            positions[i] = entered.Position;
            if (datum is Datum.Wgs84 or Datum.Cgcs2000)
                i += Snap(MemoryMarshal.Cast<LonLat, double>(positions[(i + 1)..]));
        }

        first = -1;
        return EntryRefusal.None;
    }

    /// <summary>Snaps two positions at a time while nothing is the matter with them.</summary>
    /// <returns>How many positions were snapped.</returns>
    private static int Snap(Span<double> degrees)
    {
        var pairs = MemoryMarshal.Cast<double, Vector256<double>>(degrees);
        for (var i = 0; i < pairs.Length; i++)
        {
            // As Lattice.Snap does, half to even. Powers of two: no step but the rounding rounds.
            var snapped = Vector256.Round(pairs[i] * Lattice.UnitsPerDegree) * (1 / Lattice.UnitsPerDegree);
            if (!Vector256.LessThanAll(Vector256.Abs(snapped), Within))
                return i * PositionsAtOnce;

            // Whole units have no negative zero.
            pairs[i] = snapped + Vector256<double>.Zero;
        }

        return pairs.Length * PositionsAtOnce;
    }
}
