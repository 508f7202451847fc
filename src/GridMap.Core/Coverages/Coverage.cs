using System.Collections.Concurrent;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>
/// One planar map for all levels: each border is held once, as an arc with the face to its left and to its right, and a grid is
/// the set of faces that claim it. So neighbours match vertex for vertex, on every level, by construction. Made by
/// <see cref="CoverageBuilder"/> and <see cref="CoverageReader"/>. Immutable and thread safe.
/// </summary>
public sealed class Coverage
{
    private readonly CoverageGrid[] grids;
    private readonly ArcMap map;
    private readonly Arc[] arcs;
    private readonly Face[] faces;
    private readonly Dictionary<long, int> indexes;
    private readonly int[] gridFaceStarts;
    private readonly int[] gridFaces;
    private readonly ConcurrentBag<RegionTracing> tracings = [];

    internal Coverage(CoverageGrid[] grids, ArcMap map, Face[] faces)
    {
        this.grids = grids;
        this.map = map;
        this.faces = faces;
        arcs = new Arc[map.Arcs.Count];
        for (var arc = 0; arc < arcs.Length; arc++)
            arcs[arc] = new Arc(map.Arcs.Memory(arc), map.LeftFace[arc * 2], map.LeftFace[arc * 2 + 1]);
        indexes = new Dictionary<long, int>(grids.Length);
        for (var grid = 0; grid < grids.Length; grid++)
            indexes.Add(grids[grid].Id, grid);

        gridFaceStarts = new int[grids.Length + 1];
        foreach (var face in faces)
            foreach (var grid in face.Claims)
                gridFaceStarts[grid + 1]++;
        for (var grid = 0; grid < grids.Length; grid++)
            gridFaceStarts[grid + 1] += gridFaceStarts[grid];
        gridFaces = new int[gridFaceStarts[^1]];
        var next = gridFaceStarts.AsSpan(0, grids.Length).ToArray();
        for (var face = 0; face < faces.Length; face++)
            foreach (var grid in faces[face].Claims)
                gridFaces[next[grid]++] = face;
    }

    /// <summary>All grids, in the order in which they were given; other members name a grid by its index here.</summary>
    public IReadOnlyList<CoverageGrid> Grids => grids;

    /// <summary>All arcs, in canonical order.</summary>
    public IReadOnlyList<Arc> Arcs => arcs;

    /// <summary>All faces; face 0 is the outside: unbounded and claimed by none.</summary>
    public IReadOnlyList<Face> Faces => faces;

    /// <summary>Index of the grid with this identity, -1 if there is none.</summary>
    public int IndexOf(long gridId) => indexes.GetValueOrDefault(gridId, -1);

    /// <summary>Indexes of the faces that a grid claims, rising.</summary>
    /// <param name="grid">Index of the grid.</param>
    public ReadOnlySpan<int> FacesOf(int grid) => gridFaces.AsSpan(gridFaceStarts[grid]..gridFaceStarts[grid + 1]);

    /// <summary>The arcs around a face, each in the direction that has the face to its left.</summary>
    /// <param name="face">Index of the face.</param>
    public ArcReference[] BorderOf(int face) => ToReferences(map.Borders.Of(face));

    /// <summary>The polygons of a grid as chains of arcs, in no particular order.</summary>
    /// <param name="grid">Index of the grid.</param>
    public IReadOnlyList<GridPart> Parts(int grid)
    {
        var parts = new List<GridPart>();
        var tracing = Borrow();
        foreach (var rings in tracing.Rings(FacesOf(grid)))
        {
            ArcReference[] shell = [];
            var holes = new List<IReadOnlyList<ArcReference>>();
            foreach (var ring in rings)
            {
                if (LatticeArea.Sweep(map.PointsOf(ring)) < 0)
                    holes.Add(ToReferences(ring));
                else
                    shell = ToReferences(ring);
            }
            parts.Add(new GridPart(shell, holes));
        }
        tracings.Add(tracing);
        return parts;
    }

    /// <summary>
    /// The polygon of a grid in canonical form, with every vertex of its arcs: lattice coordinates in degrees, lon lat, SRID 4490,
    /// valid in the sense of OGC; empty for a grid that claims no face.
    /// </summary>
    /// <param name="grid">Index of the grid.</param>
    public MultiPolygon Polygon(int grid)
    {
        var tracing = Borrow();
        var polygon = tracing.Polygon(FacesOf(grid));
        tracings.Add(tracing);
        return polygon;
    }

    /// <summary>All grids with their polygons, as they are stored.</summary>
    public IReadOnlyList<GridShape> ToShapes()
    {
        const int Share = 1024;
        var shapes = new GridShape[grids.Length];
        Parallel.For(0, (grids.Length + Share - 1) / Share, share =>
        {
            var tracing = Borrow();
            for (var grid = share * Share; grid < Math.Min(grids.Length, (share + 1) * Share); grid++)
            {
                var (id, code, level, parentId) = grids[grid];
                shapes[grid] = new GridShape(id, code, level, parentId, tracing.Polygon(FacesOf(grid)));
            }
            tracings.Add(tracing);
        });
        return shapes;
    }

    /// <summary>Twice the area of a grid in square lattice units, exactly.</summary>
    /// <param name="grid">Index of the grid.</param>
    public Int128 DoubledArea(int grid)
    {
        Int128 sum = 0;
        foreach (var face in FacesOf(grid))
            sum += map.DoubledAreas[face];
        return sum;
    }

    /// <summary>The area of a grid in m², on the ellipsoid. Areas of parts add up to that of the whole.</summary>
    /// <param name="grid">Index of the grid.</param>
    public double SquareMetres(int grid) => EllipsoidalArea.ToSquareMetres(SquareMillimetres(grid));

    /// <summary>The area of a grid in whole mm², on the ellipsoid, for sums that must come out exactly.</summary>
    /// <param name="grid">Index of the grid.</param>
    public Int128 SquareMillimetres(int grid)
    {
        Int128 sum = 0;
        foreach (var face in FacesOf(grid))
            sum += map.SquareMillimetres[face];
        return sum;
    }

    internal ArcMap Map => map;

    /// <summary>Scratch arrays the size of the map, made once for each thread that is at it at the same time.</summary>
    private RegionTracing Borrow() => tracings.TryTake(out var tracing) ? tracing : new RegionTracing(map);

    private static ArcReference[] ToReferences(ReadOnlySpan<int> halfArcs)
    {
        var references = new ArcReference[halfArcs.Length];
        for (var i = 0; i < references.Length; i++)
            references[i] = new ArcReference(halfArcs[i] >> 1, (halfArcs[i] & 1) == 0);
        return references;
    }
}
