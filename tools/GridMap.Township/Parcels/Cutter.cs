using GridMap.Township.Chance;
using GridMap.Township.Landscape;
using GridMap.Township.Plane;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace GridMap.Township.Parcels;

/// <summary>
/// Divides the ground as people do: each block between roads and water is cut across its longer side, again and again, until the
/// parcels are as fine as the land's use wants. Cuts in settlements are nearly straight (the first ones become streets), those in
/// the hills are rough.
/// </summary>
internal sealed class Cutter(LandUse land, Seeded chance)
{
    private readonly Raster parcelsPerCell = Raster.Of(Frame.Drawn, Frame.Cell, point => Frame.Cell * Frame.Cell / land.ParcelArea(point));

    /// <summary>The cuts made so far, metres; each ends on the border of the block or on an earlier cut.</summary>
    public List<Coordinate[]> Cuts { get; } = [];

    /// <summary>Cuts of large blocks in settlements: lanes.</summary>
    public List<Coordinate[]> Lanes { get; } = [];

    /// <param name="block">A face between roads and water, metres.</param>
    /// <param name="coarseness">How many times larger than usual its parcels may be.</param>
    public void Divide(Polygon block, double coarseness)
    {
        var open = new Stack<Polygon>();
        open.Push(block);
        while (open.TryPop(out var part))
        {
            var wanted = Wanted(part) / coarseness;
            if (wanted < chance.Range(1.15, 2.1))
                continue;
            foreach (var piece in Cut(part, wanted))
                open.Push(piece);
        }
    }

    /// <summary>How many parcels the part should become.</summary>
    private double Wanted(Polygon part)
    {
        var box = part.EnvelopeInternal;
        if (box.Width < 3 * Frame.Cell || box.Height < 3 * Frame.Cell)
            return part.Area / land.ParcelArea(part.InteriorPoint.Coordinate);
        var prepared = PreparedGeometryFactory.Prepare(part);
        var (fromColumn, fromRow) = parcelsPerCell.CellOf(new Coordinate(box.MinX, box.MinY));
        var (toColumn, toRow) = parcelsPerCell.CellOf(new Coordinate(box.MaxX, box.MaxY));
        double sum = 0;
        var cells = 0;
        for (var row = fromRow; row <= toRow; row++)
        {
            for (var column = fromColumn; column <= toColumn; column++)
            {
                if (!prepared.Contains(DrawingBoard.Metres.CreatePoint(parcelsPerCell.Centre(column, row))))
                    continue;
                sum += parcelsPerCell[column, row];
                cells++;
            }
        }

        return cells == 0 ? part.Area / land.ParcelArea(part.InteriorPoint.Coordinate) : sum / cells * part.Area / (Frame.Cell * Frame.Cell);
    }

    private List<Polygon> Cut(Polygon part, double wanted)
    {
        var use = land.At(part.InteriorPoint.Coordinate);
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var line = Across(part, use, attempt);
            var inside = Inside(part.Intersection(DrawingBoard.Metres.CreateLineString(line)), part.NumInteriorRings > 0);
            if (inside.Count == 0)
                continue;
            var pieces = Faces.InMetres([.. Rings(part), .. inside])
                .Where(face => part.Contains(face.InteriorPoint)).ToList();
            var smallest = pieces.Count < 2 ? 0 : pieces.Min(piece => piece.Area);
            if (smallest < part.Area * 0.14 || pieces.Any(Thin))
                continue;
            Cuts.AddRange(inside.Select(Overshot));
            if (use is Use.Town or Use.Village && wanted > 3.4 || use == Use.Industry && wanted > 2.2)
                Lanes.AddRange(inside);
            return pieces;
        }

        return [];
    }

    /// <summary>A line across the part's longer side, a little off the middle and off the square, reaching beyond the part.</summary>
    private Coordinate[] Across(Polygon part, Use use, int attempt)
    {
        var (turn, roughness, shortest) = use switch
        {
            Use.Town or Use.Industry => (0.08, 0.022, 70.0),
            Use.Village => (0.22, 0.07, 48.0),
            Use.Pond => (0.10, 0.045, 60.0),
            Use.Wood => (0.45, 0.26, 38.0),
            _ => (0.24, 0.13, 42.0),
        };
        var box = new MinimumDiameter(part).GetMinimumRectangle().Coordinates;
        if (box.Length < 4)
            return [part.Coordinates[0], part.Coordinates[1]];
        var (a, b, d) = (box[0], box[1], box[3]);
        if (a.Distance(b) < a.Distance(d))
            (b, d) = (d, b);
        var at = 0.5 + chance.Around(0.17);
        var (ux, uy) = ((b.X - a.X), (b.Y - a.Y));
        var (vx, vy) = ((d.X - a.X), (d.Y - a.Y));
        var (cx, cy) = (a.X + ux * at + vx / 2, a.Y + uy * at + vy / 2);
        var slant = chance.Around(turn * (1 + 0.4 * attempt)) * Math.Sqrt(vx * vx + vy * vy) / Math.Sqrt(ux * ux + uy * uy);
        var (wx, wy) = (0.62 * vx + slant * ux, 0.62 * vy + slant * uy);
        return Curves.Rough(
            new Coordinate(cx - wx, cy - wy), new Coordinate(cx + wx, cy + wy), attempt > 3 ? roughness / 3 : roughness, shortest, chance);
    }

    /// <summary>
    /// The pieces of the cut that lie inside: the longest alone, as a rough cut may leave and come back, or all of them where the
    /// part has a hole that the cut must reach on both sides.
    /// </summary>
    private static List<Coordinate[]> Inside(Geometry cut, bool all)
    {
        var lines = new List<Coordinate[]>();
        for (var i = 0; i < cut.NumGeometries; i++)
        {
            if (cut.GetGeometryN(i) is LineString { IsEmpty: false } line)
                lines.Add(line.Coordinates);
        }

        return all || lines.Count == 0 ? lines : [lines.MaxBy(line => Curves.Length(line))!];
    }

    /// <summary>
    /// A hand's breadth longer at both ends: snapped to the lattice, a cut that only touched a border might fall short of it.
    /// The noding cuts it there, and the stubs bound nothing.
    /// </summary>
    private static Coordinate[] Overshot(Coordinate[] cut)
    {
        var longer = (Coordinate[])cut.Clone();
        longer[0] = Beyond(cut[1], cut[0]);
        longer[^1] = Beyond(cut[^2], cut[^1]);
        return longer;
    }

    private static Coordinate Beyond(Coordinate from, Coordinate to)
    {
        var t = 1 + 0.05 / Math.Max(from.Distance(to), 0.05);
        return new Coordinate(from.X + (to.X - from.X) * t, from.Y + (to.Y - from.Y) * t);
    }

    private static bool Thin(Polygon piece) => 2 * piece.Area / piece.Length < 8 || piece.Area < 900;

    private static IEnumerable<Coordinate[]> Rings(Polygon part) => part.Holes.Prepend(part.Shell).Select(ring => ring.Coordinates);
}
