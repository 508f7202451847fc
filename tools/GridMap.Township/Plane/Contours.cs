using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Polygonize;

namespace GridMap.Township.Plane;

/// <summary>Areas where a field is above a threshold, by marching squares with linear interpolation.</summary>
internal static class Contours
{
    public static IReadOnlyList<Polygon> Above(Raster field, double threshold, double smallest)
    {
        var polygonizer = new Polygonizer();
        for (var row = -1; row < field.Height; row++)
        {
            for (var column = -1; column < field.Width; column++)
                AddCell(field, threshold, column, row, polygonizer);
        }

        var above = new List<Polygon>();
        foreach (var polygon in polygonizer.GetPolygons().Cast<Polygon>())
        {
            if (polygon.Area >= smallest && field.At(polygon.InteriorPoint.Coordinate) > threshold)
                above.Add(polygon);
        }

        above.Sort((a, b) => a.EnvelopeInternal.MinX.CompareTo(b.EnvelopeInternal.MinX));
        return above;
    }

    /// <summary>Cuts corners twice (Chaikin) and drops vertices that say nothing: contours lose their lattice look.</summary>
    public static Polygon Round(Polygon polygon) => DrawingBoard.Metres.CreatePolygon(
        RoundRing(polygon.Shell), [.. polygon.Holes.Where(hole => new Polygon(hole).Area > 4000).Select(RoundRing)]);

    private static LinearRing RoundRing(LinearRing ring)
    {
        var points = ring.Coordinates;
        for (var pass = 0; pass < 2; pass++)
        {
            var cut = new List<Coordinate>(points.Length * 2);
            for (var i = 0; i + 1 < points.Length; i++)
            {
                cut.Add(Between(points[i], points[i + 1], 0.25));
                cut.Add(Between(points[i], points[i + 1], 0.75));
            }

            cut.Add(cut[0].Copy());
            points = [.. cut];
        }

        return DrawingBoard.Metres.CreateLinearRing(points);
    }

    private static Coordinate Between(Coordinate a, Coordinate b, double t) => new(a.X + (b.X - a.X) * t, a.Y + (b.Y - a.Y) * t);

    private static void AddCell(Raster field, double threshold, int column, int row, Polygonizer polygonizer)
    {
        Span<(int Column, int Row)> corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        var crossings = new List<Coordinate>(4);
        for (var k = 0; k < 4; k++)
        {
            var (a, b) = (corners[k], corners[(k + 1) % 4]);
            var (va, vb) = (Value(field, a), Value(field, b));
            if (va > threshold == vb > threshold)
                continue;
            // Both cells that share this edge must compute the same point: take the ends in one order.
            if (a.CompareTo(b) > 0)
                (a, b, va, vb) = (b, a, vb, va);
            crossings.Add(Between(field.Centre(a.Column, a.Row), field.Centre(b.Column, b.Row), (threshold - va) / (vb - va)));
        }

        for (var k = 0; k + 1 < crossings.Count; k += 2)
            polygonizer.Add(DrawingBoard.Metres.CreateLineString([crossings[k], crossings[k + 1]]));
    }

    /// <summary>Outside the raster the field is far below every threshold, so that contours close along the frame.</summary>
    private static double Value(Raster field, (int Column, int Row) cell) =>
        cell.Column < 0 || cell.Row < 0 || cell.Column >= field.Width || cell.Row >= field.Height
            ? -1e3
            : field[cell.Column, cell.Row];
}
