using NetTopologySuite.Geometries;

namespace GridMap.Core.Codes;

/// <summary>
/// The order in which grids are numbered: west to east, and then north to south, as a page is read. Grids are no table,
/// so a row is what one would call a row: the northernmost grid that is left, and all whose middle lies north of that grid's
/// southern end. Stateless and thread safe.
/// </summary>
public static class ReadingOrder
{
    /// <summary>Indices of the polygons in reading order.</summary>
    /// <param name="polygons">Coordinates in degrees, lon lat; an empty one comes last. The result does not depend on their order,
    /// except between polygons of equal envelopes.</param>
    public static int[] Of(IReadOnlyList<Geometry> polygons)
    {
        var left = Enumerable.Range(0, polygons.Count)
            .Select(index => (Index: index, Envelope: polygons[index].EnvelopeInternal))
            .OrderBy(item => item.Envelope.IsNull)
            .ThenByDescending(item => Middle(item.Envelope).Y)
            .ThenBy(item => Middle(item.Envelope).X)
            .ThenBy(item => item.Index)
            .ToList();
        var order = new List<int>(polygons.Count);
        for (var first = 0; first < left.Count;)
        {
            var south = left[first].Envelope.IsNull ? double.NegativeInfinity : left[first].Envelope.MinY;
            var next = first + 1;
            while (next < left.Count && !left[next].Envelope.IsNull && Middle(left[next].Envelope).Y > south)
                next++;
            order.AddRange(left[first..next].OrderBy(item => Middle(item.Envelope).X).ThenBy(item => item.Index).Select(item => item.Index));
            first = next;
        }

        return [.. order];
    }

    private static (double X, double Y) Middle(Envelope envelope) =>
        ((envelope.MinX + envelope.MaxX) / 2, (envelope.MinY + envelope.MaxY) / 2);
}
