using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>
/// Walks the outlines of sets of faces and cuts them into rings that meet no node twice. At a node the walk stays within the same
/// corner of the set, so pieces that touch in a point come apart, and each connected piece has one shell. Holds scratch arrays the
/// size of the map: make one for many sets. Not thread safe.
/// </summary>
internal sealed class RegionTracing
{
    private const int None = -1;

    private readonly ArcMap map;
    private readonly int[] pieceOfFace;
    private readonly int[] positionOfNode;
    private readonly bool[] walked;
    private readonly List<int> path = [];
    private readonly Stack<int> open = new();

    public RegionTracing(ArcMap map)
    {
        this.map = map;
        pieceOfFace = new int[map.FaceCount];
        Array.Fill(pieceOfFace, None);
        positionOfNode = new int[map.Halves.NodeCount];
        Array.Fill(positionOfNode, None);
        walked = new bool[map.Halves.Count];
    }

    /// <summary>The pieces of a set of faces that hang together across arcs.</summary>
    /// <param name="faces">Any faces but the outside.</param>
    public List<List<int>> Pieces(ReadOnlySpan<int> faces)
    {
        var pieces = new List<List<int>>();
        for (var count = Mark(faces); pieces.Count < count;)
            pieces.Add([]);
        foreach (var face in faces)
            pieces[pieceOfFace[face]].Add(face);
        Unmark(faces);
        return pieces;
    }

    /// <summary>The rings of each piece of a set of faces: chains of half-arcs with the set to the left.</summary>
    /// <param name="faces">Any faces but the outside.</param>
    public List<List<int[]>> Rings(ReadOnlySpan<int> faces)
    {
        var pieces = new List<List<int[]>>();
        for (var count = Mark(faces); pieces.Count < count;)
            pieces.Add([]);
        foreach (var face in faces)
            foreach (var half in map.Borders.Of(face))
                if (!walked[half] && IsOutline(half))
                    Walk(half, pieces[pieceOfFace[face]]);
        foreach (var face in faces)
            foreach (var half in map.Borders.Of(face))
                walked[half] = false;
        Unmark(faces);
        return pieces;
    }

    /// <summary>The set of faces as one polygon in canonical form.</summary>
    public MultiPolygon Polygon(ReadOnlySpan<int> faces) =>
        CanonicalPolygon.Of(Rings(faces).Select(rings => rings.Select(ring => map.PointsOf(ring))));

    /// <summary>Area and outline of a set of faces.</summary>
    public RegionMeasure Measure(ReadOnlySpan<int> faces)
    {
        foreach (var face in faces)
            pieceOfFace[face] = 0;
        Int128 area = 0;
        var perimeter = 0.0;
        foreach (var face in faces)
        {
            area += map.SquareMillimetres[face];
            foreach (var half in map.Borders.Of(face))
                if (IsOutline(half))
                    perimeter += map.ArcMetres[half >> 1];
        }
        Unmark(faces);
        return new RegionMeasure(EllipsoidalArea.ToSquareMetres(area), perimeter);
    }

    private int Mark(ReadOnlySpan<int> faces)
    {
        foreach (var face in faces)
            pieceOfFace[face] = int.MaxValue;
        var count = 0;
        foreach (var face in faces)
            if (pieceOfFace[face] == int.MaxValue)
                Flood(face, count++);
        return count;
    }

    private void Unmark(ReadOnlySpan<int> faces)
    {
        foreach (var face in faces)
            pieceOfFace[face] = None;
    }

    private void Flood(int start, int piece)
    {
        pieceOfFace[start] = piece;
        open.Push(start);
        while (open.TryPop(out var face))
        {
            foreach (var half in map.Borders.Of(face))
            {
                var across = map.Across(half);
                if (pieceOfFace[across] != int.MaxValue)
                    continue;
                pieceOfFace[across] = piece;
                open.Push(across);
            }
        }
    }

    private void Walk(int start, List<int[]> rings)
    {
        for (var half = start; !walked[half]; half = NextOutline(half))
        {
            walked[half] = true;
            positionOfNode[map.Halves.Origin(half)] = path.Count;
            path.Add(half);
            var at = positionOfNode[map.Halves.Destination(half)];
            if (at != None)
                rings.Add(CutRing(at));
        }
    }

    private int[] CutRing(int at)
    {
        var ring = CollectionsMarshal.AsSpan(path)[at..].ToArray();
        path.RemoveRange(at, ring.Length);
        foreach (var half in ring)
            positionOfNode[map.Halves.Origin(half)] = None;
        return ring;
    }

    private bool IsOutline(int half) => pieceOfFace[map.Across(half)] == None;

    private int NextOutline(int half)
    {
        var next = map.Halves.Next(half);
        while (!IsOutline(next))
            next = map.Halves.Clockwise(next);
        return next;
    }
}

/// <summary>How large a set of faces is. An immutable value.</summary>
internal readonly record struct RegionMeasure(double SquareMetres, double PerimeterMetres)
{
    /// <summary>The mean width: that of the narrow strip that has the same area and outline.</summary>
    public double WidthMetres => PerimeterMetres > 0 ? 2 * SquareMetres / PerimeterMetres : 0;
}
