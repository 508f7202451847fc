using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>
/// Makes a coverage of polygons that match vertex for vertex, as stored ones do: no noding, no rounding, linear in the number of
/// vertices. Stateless and thread safe.
/// </summary>
public static class CoverageReader
{
    /// <summary>Reads all grids of a generation or plan, all levels together.</summary>
    /// <param name="shapes">Grids with unique identities, their polygons on the lattice.</param>
    /// <returns>
    /// The coverage (which may hold overlaps); or none and, for each place where borders cross or a vertex lies within another's
    /// edge, an <see cref="DefectKind.UnmatchedVertex"/> defect, or for each grid whose rings overlap or turn the wrong way an
    /// <see cref="DefectKind.InvalidRing"/> defect.
    /// </returns>
    /// <exception cref="ArgumentException">An identity comes twice, or a level is out of range.</exception>
    public static CoverageReading Read(IReadOnlyList<GridShape> shapes)
    {
        var grids = GridList.Of(shapes.Select(shape => new CoverageGrid(shape.Id, shape.Code, shape.Level, shape.ParentId)), nameof(shapes));
        var windings = new WindingTable();
        var table = new EdgeTable(windings, shapes.Sum(shape => shape.Polygon.NumPoints) / 2);
        for (var grid = 0; grid < grids.Length; grid++)
            foreach (var polygon in shapes[grid].Polygon.Geometries.Cast<Polygon>())
                AddRings(table, polygon, grid);

        var edges = table.Seal();
        var conflicts = PlanarityCheck.Conflicts(EdgeIndex.Of(edges), DefectLimit);
        if (conflicts.Count > 0)
            return new CoverageReading(null, [.. conflicts.Select(conflict => ToDefect(conflict, grids, edges, windings))]);
        var map = PlanarMap.Trace(edges, windings);
        var invalid = InvalidRings(map, grids, windings);
        if (invalid.Count > 0)
            return new CoverageReading(null, invalid);
        return new CoverageReading(map.ToCoverage(grids, windings), []);
    }

    /// <summary>As many unmatched places are listed; a state with more is broken altogether.</summary>
    private const int DefectLimit = 10_000;

    private static void AddRings(EdgeTable table, Polygon polygon, int grid)
    {
        if (polygon.IsEmpty)
            return;
        table.AddRing(LatticeRing.Of(polygon.ExteriorRing), grid);
        foreach (var hole in polygon.InteriorRings)
            table.AddRing(LatticeRing.Of(hole), grid);
    }

    /// <summary>Grids whose own rings wind around some face other than once.</summary>
    private static List<Defect> InvalidRings(PlanarMap map, CoverageGrid[] grids, WindingTable windings)
    {
        var facesOf = new SortedDictionary<int, List<int>>();
        for (var face = 0; face < map.FaceCount; face++)
        {
            foreach (var entry in windings.Entries(map.Vectors[face]))
            {
                if (WindingTable.WindingOf(entry) == 1)
                    continue;
                if (!facesOf.TryGetValue(WindingTable.GridOf(entry), out var faces))
                    facesOf.Add(WindingTable.GridOf(entry), faces = []);
                faces.Add(face);
            }
        }
        if (facesOf.Count == 0)
            return [];
        var tracing = new RegionTracing(map.ToArcMap());
        return [.. facesOf.Select(entry => new Defect(DefectKind.InvalidRing, grids[entry.Key].Level, [grids[entry.Key]],
            tracing.Polygon(CollectionsMarshal.AsSpan(entry.Value)), null, Blocks: true))];
    }

    private static Defect ToDefect(EdgeConflict conflict, CoverageGrid[] grids, EdgeSet edges, WindingTable windings)
    {
        var concerned = new SortedSet<int>();
        foreach (var edge in (ReadOnlySpan<int>)[conflict.Edge, conflict.Other])
            foreach (var entry in windings.Entries(edges.Delta[edge]))
                concerned.Add(WindingTable.GridOf(entry));
        var place = EdgeRelation.Place(
            edges.Vertices[edges.From[conflict.Edge]], edges.Vertices[edges.To[conflict.Edge]],
            edges.Vertices[edges.From[conflict.Other]], edges.Vertices[edges.To[conflict.Other]]);
        return new Defect(DefectKind.UnmatchedVertex, null, [.. concerned.Select(grid => grids[grid])],
            Lattice.Factory.CreatePoint(place.ToCoordinate()), null, Blocks: true);
    }
}

/// <summary>What <see cref="CoverageReader"/> makes of polygons. Immutable and thread safe.</summary>
/// <param name="Coverage">The coverage; null when the polygons do not match.</param>
/// <param name="Defects">Where they do not match.</param>
public sealed record CoverageReading(Coverage? Coverage, IReadOnlyList<Defect> Defects);
