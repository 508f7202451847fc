using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>
/// What an operation draws, laid over the few grids that it is about: layers of polygons and lines, cut on the lattice where they meet. Its faces
/// are the pieces that an operation chooses from. Not thread safe.
/// </summary>
internal sealed class Overlay
{
    private readonly WindingTable windings = new();
    private readonly EdgeTable table;
    private int layers;

    public Overlay() => table = new EdgeTable(windings);

    /// <summary>Adds polygons that do not overlap.</summary>
    /// <returns>The layer's number.</returns>
    public int Add(MultiPolygon polygon)
    {
        foreach (var ring in Rings.Of(polygon))
            table.AddRing(ring, layers);
        return layers++;
    }

    /// <summary>Adds a line, which bounds faces and belongs to none.</summary>
    public void AddLine(LatticePoint[] line) => table.AddLine(line, WindingTable.Empty);

    /// <summary>Cuts everything and finds the faces. The overlay is of no use afterwards.</summary>
    public OverlayFaces Trace()
    {
        var bent = new List<BentEdge>();
        var (edges, _) = EdgeNoding.Node(table.Seal(), windings, CancellationToken.None, bent.Add);
        return new OverlayFaces(PlanarMap.Trace(edges, windings), windings, layers, bent);
    }
}

/// <summary>The faces of an <see cref="Overlay"/>; face 0 is the outside. Not thread safe.</summary>
internal sealed class OverlayFaces
{
    private readonly PlanarMap map;
    private readonly ArcMap arcs;
    private readonly RegionTracing tracing;
    private readonly bool[][] inLayer;

    public OverlayFaces(PlanarMap map, WindingTable windings, int layers, IReadOnlyList<BentEdge> bent)
    {
        this.map = map;
        Bent = bent;
        arcs = map.ToArcMap();
        tracing = new RegionTracing(arcs);
        inLayer = new bool[layers][];
        for (var layer = 0; layer < layers; layer++)
            inLayer[layer] = new bool[map.FaceCount];
        for (var face = 0; face < map.FaceCount; face++)
            foreach (var entry in windings.Entries(map.Vectors[face]))
                inLayer[WindingTable.GridOf(entry)][face] = WindingTable.WindingOf(entry) > 0;
    }

    /// <summary>The edges that were led through vertices to meet what was drawn: the borders of all grids have to go that way.</summary>
    public IReadOnlyList<BentEdge> Bent { get; }

    /// <summary>Faces that some layer or line bounds, without the outside.</summary>
    public IEnumerable<int> All => Enumerable.Range(1, map.FaceCount - 1);

    /// <summary>True when the face lies in the layer.</summary>
    public bool IsIn(int face, int layer) => inLayer[layer][face];

    /// <summary>Twice the area of a face in square lattice units.</summary>
    public Int128 DoubledArea(int face) => arcs.DoubledAreas[face];

    /// <summary>Twice the area of faces in square lattice units.</summary>
    public Int128 DoubledArea(IEnumerable<int> faces)
    {
        Int128 sum = 0;
        foreach (var face in faces)
            sum += arcs.DoubledAreas[face];
        return sum;
    }

    /// <summary>The mean width of a face in metres.</summary>
    public double WidthMetres(int face) => tracing.Measure([face]).WidthMetres;

    /// <summary>Faces as one polygon in canonical form.</summary>
    public MultiPolygon Polygon(IEnumerable<int> faces) => tracing.Polygon([.. faces]);

    /// <summary>The face that holds a point; of several that meet in it the lowest number; 0 for none.</summary>
    public int At(LatticePoint point, IEnumerable<int> among)
    {
        var place = Lattice.Factory.CreatePoint(point.ToCoordinate());
        return among.FirstOrDefault(face => Polygon([face]).Covers(place));
    }

    /// <summary>The faces across the arcs of a face, each with the metres of border that they share.</summary>
    public Dictionary<int, double> Around(int face)
    {
        var metres = new Dictionary<int, double>();
        foreach (var half in arcs.Borders.Of(face))
            if (arcs.Across(half) is var across && across != face)
                metres[across] = metres.GetValueOrDefault(across) + arcs.ArcMetres[half >> 1];
        return metres;
    }

    /// <summary>The lines around a face, each with the face across it and its length in metres.</summary>
    public IEnumerable<(int Across, LatticePoint[] Line, double Metres)> LinesAround(int face)
    {
        foreach (var half in arcs.Borders.Of(face).ToArray())
            yield return (arcs.Across(half), arcs.Arcs[half >> 1].ToArray(), arcs.ArcMetres[half >> 1]);
    }

    /// <summary>The layers that hold a face, by rising number.</summary>
    public IEnumerable<int> LayersOf(int face) => Enumerable.Range(0, inLayer.Length).Where(layer => inLayer[layer][face]);

    /// <summary>Faces grouped to pieces that hang together across arcs.</summary>
    public List<List<int>> Pieces(IEnumerable<int> faces) => tracing.Pieces([.. faces]);
}

/// <summary>Rings of polygons as lattice points.</summary>
internal static class Rings
{
    /// <summary>All rings of all parts, as they turn.</summary>
    public static IEnumerable<LatticePoint[]> Of(MultiPolygon polygon) => polygon.Geometries.Cast<Polygon>().Where(part => !part.IsEmpty)
        .SelectMany(part => part.InteriorRings.Prepend(part.ExteriorRing)).Select(LatticeRing.Of);
}
