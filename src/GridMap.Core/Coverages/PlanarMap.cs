using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>Arcs, their order around nodes, the faces between them and what winds around each face. Not thread safe.</summary>
internal sealed class PlanarMap
{
    private readonly ArcMeasures measures;
    private readonly HalfArcs halves;

    private PlanarMap(ArcSet arcs, ArcMeasures measures, HalfArcs halves, FaceTracing faces, int[] vectors)
    {
        Arcs = arcs;
        this.measures = measures;
        this.halves = halves;
        LeftFace = faces.LeftFace;
        Vectors = vectors;
    }

    public ArcSet Arcs { get; }

    /// <summary>By half-arc (arc * 2, plus 1 backwards): the face to its left.</summary>
    public int[] LeftFace { get; }

    /// <summary>By face: its winding vector; after <see cref="SettleClaims"/> its claims.</summary>
    public int[] Vectors { get; }

    public int FaceCount => Vectors.Length;

    /// <summary>Makes the map of edges that meet in their ends only.</summary>
    public static PlanarMap Trace(EdgeSet edges, WindingTable windings)
    {
        var arcs = ArcSet.FromEdges(edges, windings);
        var sizes = ArcMeasures.Of(arcs);
        var order = new HalfArcs(arcs);
        var faces = FaceTracing.Trace(arcs, sizes.Sweeps, order);
        return new PlanarMap(arcs, sizes, order, faces, ClaimPropagation.Propagate(arcs, faces, windings));
    }

    /// <summary>The map with measured faces.</summary>
    public ArcMap ToArcMap() => new(Arcs, measures, halves, LeftFace, FaceCount);

    public void SettleClaims(GridClaims claims)
    {
        for (var face = 0; face < Vectors.Length; face++)
            Vectors[face] = claims.Of(Vectors[face]);
    }

    /// <summary>
    /// The coverage, without the arcs that have the same claims on both sides. Faces are numbered in the order in which the arcs name
    /// them, which is canonical as the arcs are.
    /// </summary>
    public Coverage ToCoverage(CoverageGrid[] grids, WindingTable windings)
    {
        if (HasIdleArcs())
            return Trace(EdgesBetweenClaims(windings), windings).ToCoverage(grids, windings);
        var numbers = new int[FaceCount];
        Array.Fill(numbers, -1);
        numbers[0] = 0;
        var faceVectors = new List<int>(FaceCount) { Vectors[0] };
        var leftFace = new int[LeftFace.Length];
        for (var half = 0; half < LeftFace.Length; half++)
        {
            ref var number = ref numbers[LeftFace[half]];
            if (number < 0)
            {
                number = faceVectors.Count;
                faceVectors.Add(Vectors[LeftFace[half]]);
            }
            leftFace[half] = number;
        }
        return new Coverage(grids, new ArcMap(Arcs, measures, halves, leftFace, FaceCount), ToFaces(grids, faceVectors, windings));
    }

    private bool HasIdleArcs()
    {
        for (var half = 0; half < LeftFace.Length; half += 2)
            if (Vectors[LeftFace[half]] == Vectors[LeftFace[half + 1]])
                return true;
        return false;
    }

    /// <summary>The edges of those arcs that have different claims on their sides.</summary>
    public EdgeSet EdgesBetweenClaims(WindingTable windings)
    {
        var table = new EdgeTable(windings, Arcs.Points.Length);
        for (var arc = 0; arc < Arcs.Count; arc++)
        {
            var delta = windings.Subtract(Vectors[LeftFace[arc * 2]], Vectors[LeftFace[arc * 2 + 1]]);
            if (delta != WindingTable.Empty)
                table.AddLine(Arcs[arc], delta);
        }
        return table.Seal();
    }

    private static Face[] ToFaces(CoverageGrid[] grids, List<int> vectors, WindingTable windings)
    {
        var known = new Dictionary<int, (int[] Claims, int[] LevelStarts)>();
        var faces = new Face[vectors.Count];
        for (var face = 0; face < faces.Length; face++)
        {
            ref var claims = ref CollectionsMarshal.GetValueRefOrAddDefault(known, vectors[face], out var exists);
            if (!exists)
                claims = ToClaims(grids, windings.Entries(vectors[face]));
            faces[face] = new Face(claims.Claims, claims.LevelStarts);
        }
        return faces;
    }

    private static (int[] Claims, int[] LevelStarts) ToClaims(CoverageGrid[] grids, ReadOnlySpan<long> entries)
    {
        var claims = new int[entries.Length];
        for (var i = 0; i < claims.Length; i++)
            claims[i] = WindingTable.GridOf(entries[i]);
        Array.Sort(claims, (a, b) => grids[a].Level != grids[b].Level
            ? grids[a].Level.CompareTo(grids[b].Level)
            : string.CompareOrdinal(grids[a].Code, grids[b].Code));
        var levelStarts = new int[CoverageGrid.MaxLevel + 1];
        foreach (var grid in claims)
            for (var level = grids[grid].Level; level < levelStarts.Length; level++)
                levelStarts[level]++;
        return (claims, levelStarts);
    }
}
