using GridMap.Core.Coordinates;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Township.Parcels;

/// <summary>Faces too small or too thin to be ground that anybody owns; lines that run close together leave them.</summary>
internal static class Crumbs
{
    private const double SmallestArea = 420;
    private const double LeastWidth = 7;

    /// <summary>Gives each crumb to the neighbour with the longest common border, until none is left.</summary>
    public static List<Polygon> Sweep(IReadOnlyList<Polygon> faces)
    {
        var swept = faces.ToList();
        for (var pass = 0; pass < 4; pass++)
        {
            var host = Hosts(swept);
            if (host.Count == 0)
                break;
            swept = Merge(swept, host);
        }

        return swept;
    }

    private static bool IsCrumb(Polygon face)
    {
        var metres = DrawingBoard.ToMetres(face);
        return metres.Area < SmallestArea || 2 * metres.Area / metres.Length < LeastWidth;
    }

    /// <summary>For each crumb the face that takes it.</summary>
    private static Dictionary<int, int> Hosts(List<Polygon> faces)
    {
        var crumbs = Enumerable.Range(0, faces.Count).Where(i => IsCrumb(faces[i])).ToHashSet();
        var owner = new Dictionary<Edge, int>();
        var borders = new Dictionary<(int Crumb, int Other), double>();
        for (var i = 0; i < faces.Count; i++)
        {
            foreach (var edge in Edge.Of(faces[i]))
            {
                if (owner.TryAdd(edge, i))
                    continue;
                var other = owner[edge];
                var points = edge.Points;
                var length = DrawingBoard.ToMetres(points[0]).Distance(DrawingBoard.ToMetres(points[1]));
                if (crumbs.Contains(i))
                    borders[(i, other)] = borders.GetValueOrDefault((i, other)) + length;
                if (crumbs.Contains(other))
                    borders[(other, i)] = borders.GetValueOrDefault((other, i)) + length;
            }
        }

        return borders.GroupBy(entry => entry.Key.Crumb)
            .ToDictionary(group => group.Key, group => group.MaxBy(entry => entry.Value).Key.Other);
    }

    private static List<Polygon> Merge(List<Polygon> faces, Dictionary<int, int> host)
    {
        int Root(int face)
        {
            for (var steps = 0; steps < 8 && host.TryGetValue(face, out var next) && (face > next || host.GetValueOrDefault(next, -1) != face); steps++)
                face = next;
            return face;
        }

        var merged = new List<Polygon>(faces.Count);
        foreach (var group in Enumerable.Range(0, faces.Count).GroupBy(Root))
        {
            var members = group.Select(face => faces[face]).ToArray();
            var union = members.Length == 1 ? members[0] : CoverageUnion.Union(Lattice.Factory.CreateGeometryCollection(members));
            for (var i = 0; i < union.NumGeometries; i++)
                merged.Add((Polygon)union.GetGeometryN(i));
        }

        return merged;
    }
}
