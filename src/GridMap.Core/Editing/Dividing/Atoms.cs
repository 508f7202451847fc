using GridMap.Core.Coordinates;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Core.Editing.Dividing;

/// <summary>
/// The pieces that a division is put together from: the innermost grids, whole; where there are none, the blocks between given lines, and of a
/// block that would weigh too much the halves across its longer side. Not thread safe.
/// </summary>
internal sealed class Atoms
{
    /// <summary>A border that lies this near a given line all along counts as lying on it, in metres.</summary>
    private const double OnLineMetres = 10;

    private const double WideMetres = 0.05;

    // So light that parts of them come out within a few hundredths of each other.
    private const int AtomsInPart = 12;
    private const int MostAtoms = 3000;

    private readonly int[] atomOf; // By face, -1 outside.
    private readonly double[] weights;
    private readonly bool[] locked;
    private readonly STRtree<LineString> lines = new();

    private Atoms(PlannedGrid grid, IReadOnlyList<MultiPolygon> polygons, IReadOnlyList<bool> isLocked, DivideEdit edit, Func<int, double>? weightOf)
    {
        foreach (var line in edit.Along)
        {
            var geometry = Lattice.Factory.CreateLineString(Array.ConvertAll(line, point => point.ToCoordinate()));
            lines.Insert(geometry.EnvelopeInternal, geometry);
        }
        lines.Build();
        var overlay = new Overlay();
        overlay.Add(grid.Polygon);
        foreach (var polygon in polygons)
            overlay.Add(polygon);
        Faces = overlay.Trace();
        Count = polygons.Count;
        atomOf = Assign(Faces);
        locked = [.. isLocked];
        Neighbours = new List<(int, double)>[Count];
        for (var atom = 0; atom < Count; atom++)
            Neighbours[atom] = [];
        Connect();
        weights = weightOf is null ? ByPlaces(edit.Places, polygons) : [.. Enumerable.Range(0, Count).Select(weightOf)];
        Centres = [.. polygons.Select(polygon => polygon.Centroid.Coordinate)];
    }

    public OverlayFaces Faces { get; }

    public int Count { get; }

    /// <summary>By atom: its neighbours with the cost of a border between them: its metres, or a third where it lies on a given line.</summary>
    public List<(int Atom, double Cost)>[] Neighbours { get; }

    /// <summary>By atom: a place in its middle, degrees.</summary>
    public Coordinate[] Centres { get; }

    public double TotalWeight => weights.Sum();

    public static Atoms Of(PlanState state, PlannedGrid grid, DivideEdit edit)
    {
        var innermost = Innermost(state, grid);
        if (innermost.Count > 1)
        {
            return new Atoms(grid, [.. innermost.Select(inner => inner.Polygon)], [.. innermost.Select(inner => state.Locks.Contains(inner.Id))], edit, edit.Balance switch
            {
                DivideBalance.Area => atom => Weigh(innermost[atom].Polygon),
                DivideBalance.Households => atom => GridAttributes.HouseholdsOf(innermost[atom].Attributes) ?? 0,
                _ => null,
            });
        }
        var blocks = Blocks(grid, edit);
        Func<int, double>? byArea = atom => Weigh(blocks[atom]);
        return new Atoms(grid, blocks, new bool[blocks.Count], edit, edit.Balance == DivideBalance.Places ? null : byArea);
    }

    public double WeightOf(int atom) => weights[atom];

    public bool IsLocked(int atom) => locked[atom];

    public IEnumerable<int> Where(int[] zones, int zone) => Enumerable.Range(0, Count).Where(atom => zones[atom] == zone);

    public MultiPolygon PolygonOf(int[] zones, int zone) => Faces.Polygon(FacesOf(zones, zone));

    public Int128 DoubledAreaOf(int[] zones, int zone) => Faces.DoubledArea(FacesOf(zones, zone));

    /// <summary>Metres of border between zones, and of these along given lines.</summary>
    public (double Metres, double OnLines) BordersOf(int[] zones)
    {
        var (all, along) = (0.0, 0.0);
        var zoneOf = ZonesOf(zones);
        foreach (var face in Faces.All.Where(face => zoneOf[face] >= 0))
        {
            foreach (var (across, line, metres) in Faces.LinesAround(face))
            {
                if (across <= face || zoneOf[across] < 0 || zoneOf[face] == zoneOf[across])
                    continue;
                all += metres;
                along += IsOnLine(line) ? metres : 0;
            }
        }
        return (all, along);
    }

    private static List<PlannedGrid> Innermost(PlanState state, PlannedGrid grid)
    {
        var children = state.ChildrenOf(grid.Id).OrderBy(child => child.Id).ToList();
        return children.Count == 0 ? [grid] : [.. children.SelectMany(child => Innermost(state, child))];
    }

    private static double Weigh(MultiPolygon polygon) => EllipsoidalArea.SquareMetres(polygon);

    /// <summary>The blocks between the lines, halved until each is light enough.</summary>
    private static List<MultiPolygon> Blocks(PlannedGrid grid, DivideEdit edit)
    {
        var light = Weigh(grid.Polygon) / Math.Min(edit.Parts * AtomsInPart, MostAtoms);
        var open = new Stack<MultiPolygon>(Cut(grid.Polygon, edit.Along));
        var blocks = new List<MultiPolygon>();
        while (open.TryPop(out var block))
        {
            if (Weigh(block) <= light || blocks.Count + open.Count > MostAtoms || Cut(block, [Across(block)]) is not { Count: > 1 } halves)
            {
                blocks.Add(block);
                continue;
            }
            foreach (var half in halves)
                open.Push(half);
        }
        blocks.Sort((a, b) => a.EnvelopeInternal.Centre.CompareTo(b.EnvelopeInternal.Centre));
        return blocks;
    }

    private static List<MultiPolygon> Cut(MultiPolygon polygon, IReadOnlyList<LatticePoint[]> along)
    {
        var overlay = new Overlay();
        var layer = overlay.Add(polygon);
        foreach (var line in along)
            overlay.AddLine(line);
        var faces = overlay.Trace();
        return [.. faces.All.Where(face => faces.IsIn(face, layer)).Select(face => faces.Polygon([face]))];
    }

    /// <summary>A line through the middle of a polygon, across its longer side.</summary>
    private static LatticePoint[] Across(MultiPolygon polygon)
    {
        // Degrees of longitude are shorter: to the plane and back.
        var middle = polygon.Centroid.Coordinate;
        var flat = Math.Cos(middle.Y * Math.PI / 180);
        var plane = new AffinePlane(middle, flat);
        var box = MinimumDiameter.GetMinimumRectangle(plane.Flatten(polygon)).Coordinates;
        Coordinate longer = Difference(box[1], box[0]), shorter = Difference(box[2 % box.Length], box[1]);
        if (Length(longer) < Length(shorter))
            (longer, shorter) = (shorter, longer);
        var (x, y) = (shorter.X, shorter.Y);
        return [plane.Raise(-x, -y), plane.Raise(x, y)];
    }

    private static Coordinate Difference(Coordinate a, Coordinate b) => new(a.X - b.X, a.Y - b.Y);

    private static double Length(Coordinate vector) => Math.Sqrt(vector.X * vector.X + vector.Y * vector.Y);

    /// <summary>By face: its atom; -1 for a gap between children, and for what rounding left between two atoms or under both.</summary>
    private static int[] Assign(OverlayFaces faces)
    {
        var all = faces.All.ToList();
        var atoms = new int[all.Count + 1];
        Array.Fill(atoms, -1);
        foreach (var face in all)
            if (faces.LayersOf(face).ToList() is [0, var layer] && faces.WidthMetres(face) >= WideMetres)
                atoms[face] = layer - 1;
        return atoms;
    }

    /// <summary>By face: its zone; what is in no atom goes to the zone that it has the longest border with. -1 outside.</summary>
    private int[] ZonesOf(int[] zones)
    {
        var zoneOf = Array.ConvertAll(atomOf, atom => atom < 0 ? -1 : zones[atom]);
        var open = Faces.All.Where(face => zoneOf[face] < 0 && Faces.IsIn(face, 0)).ToList();
        for (var left = -1; left != open.Count;)
        {
            left = open.Count;
            foreach (var face in open)
            {
                var near = Faces.Around(face).Where(across => zoneOf[across.Key] >= 0).GroupBy(across => zoneOf[across.Key], across => across.Value);
                zoneOf[face] = near.OrderByDescending(zone => zone.Sum()).ThenBy(zone => zone.Key).Select(zone => zone.Key).FirstOrDefault(-1);
            }
            open.RemoveAll(face => zoneOf[face] >= 0);
        }
        return zoneOf;
    }

    private void Connect()
    {
        foreach (var face in Faces.All.Where(face => Faces.IsIn(face, 0)))
        {
            // What rounding left between two atoms parts nobody.
            if (atomOf[face] < 0 && Faces.WidthMetres(face) < WideMetres)
            {
                var beside = Faces.Around(face).Where(across => atomOf[across.Key] >= 0).Select(across => (Atom: atomOf[across.Key], across.Value)).ToList();
                foreach (var (one, metres) in beside)
                    foreach (var (other, others) in beside)
                        Add(one, other, Math.Min(metres, others));
                continue;
            }
            if (atomOf[face] < 0)
                continue;
            foreach (var (across, line, metres) in Faces.LinesAround(face))
                Add(atomOf[face], atomOf[across], IsOnLine(line) ? metres / 3 : metres);
        }
    }

    private void Add(int atom, int other, double cost)
    {
        if (other < 0 || other == atom)
            return;
        var at = Neighbours[atom].FindIndex(neighbour => neighbour.Atom == other);
        if (at < 0)
            Neighbours[atom].Add((other, cost));
        else
            Neighbours[atom][at] = (other, Neighbours[atom][at].Cost + cost);
    }

    private bool IsOnLine(LatticePoint[] line)
    {
        if (lines.IsEmpty)
            return false;
        var geometry = Lattice.Factory.CreateLineString(Array.ConvertAll(line, point => point.ToCoordinate()));
        var reach = geometry.EnvelopeInternal.Copy();
        var degrees = OnLineMetres / LocalPlane.At(line[0].ToLonLat()).MetresPerDegreeNorth;
        reach.ExpandBy(degrees * 2);
        return line.Append(line[line.Length / 2]).All(point =>
            lines.Query(reach).Any(given => given.Distance(Lattice.Factory.CreatePoint(point.ToCoordinate())) <= degrees));
    }

    private double[] ByPlaces(IReadOnlyList<LatticePoint> places, IReadOnlyList<MultiPolygon> polygons)
    {
        var tree = new STRtree<int>();
        for (var atom = 0; atom < polygons.Count; atom++)
            tree.Insert(polygons[atom].EnvelopeInternal, atom);
        tree.Build();
        var counts = new double[Count];
        foreach (var place in places.Select(place => place.ToCoordinate()))
            if (tree.Query(new Envelope(place)).Where(atom => polygons[atom].Covers(Lattice.Factory.CreatePoint(place))).Order().ToList() is [var first, ..])
                counts[first]++;
        return counts;
    }

    private IEnumerable<int> FacesOf(int[] zones, int zone)
    {
        var zoneOf = ZonesOf(zones);
        return Faces.All.Where(face => zoneOf[face] == zone);
    }

    private readonly struct AffinePlane(Coordinate middle, double flat)
    {
        public Geometry Flatten(Geometry geometry)
        {
            var (centre, factor) = (middle, flat);
            return geometry.Factory.CreateMultiPointFromCoords(Array.ConvertAll(geometry.Coordinates, point => new Coordinate((point.X - centre.X) * factor, point.Y - centre.Y)));
        }

        public LatticePoint Raise(double x, double y) => LatticePoint.FromDegrees(middle.X + x / flat, middle.Y + y);
    }
}
