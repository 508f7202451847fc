using GridMap.Core.Coordinates;
using GridMap.Township.Chance;
using GridMap.Township.Landscape;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Township.Parcels;

/// <summary>The frame divided into parcels on the lattice: a coverage, with every edge known from both its sides.</summary>
internal sealed class ParcelMap
{
    /// <summary>How much larger parcels are far outside the territory, where they only serve as a backdrop.</summary>
    private const double CoarseOutside = 3;

    private readonly Dictionary<Edge, (int Left, int Right)> sides = [];

    public ParcelMap(Country country, Seeded chance)
    {
        var blocks = Faces.InMetres(country.Lines());
        var cutter = new Cutter(country.Land, chance.Fork("cuts"));
        foreach (var block in blocks)
            cutter.Divide(block, country.Outline.Depth(block.InteriorPoint.Coordinate) < -2000 ? CoarseOutside : 1);
        Lanes = cutter.Lanes;
        var index = new STRtree<int>();
        for (var i = 0; i < blocks.Count; i++)
            index.Insert(blocks[i].EnvelopeInternal, i);
        var shapes = Crumbs.Sweep(Faces.Bounded(
            country.Lines().Concat(cutter.Cuts).Select(DrawingBoard.ToLattice), Lattice.PrecisionModel, Lattice.Factory));
        var parcels = new List<Parcel>(shapes.Count);
        foreach (var shape in shapes)
        {
            var metres = DrawingBoard.ToMetres(shape);
            var middle = metres.InteriorPoint;
            var block = index.Query(middle.EnvelopeInternal).Where(candidate => blocks[candidate].Contains(middle)).DefaultIfEmpty(-1).Min();
            parcels.Add(new Parcel(parcels.Count, shape, metres, middle.Coordinate, block, country.Land.At(middle.Coordinate)));
        }

        Parcels = parcels;
        foreach (var parcel in parcels)
            Record(parcel);
    }

    public IReadOnlyList<Parcel> Parcels { get; }

    /// <summary>Streets and lanes of the settlements, metres.</summary>
    public IReadOnlyList<Coordinate[]> Lanes { get; }

    /// <summary>The parcels on the two sides of each edge; -1 beyond the frame.</summary>
    public IReadOnlyDictionary<Edge, (int Left, int Right)> Sides => sides;

    private void Record(Parcel parcel)
    {
        foreach (var edge in Edge.Of(parcel.Shape))
        {
            if (!sides.TryGetValue(edge, out var pair))
                sides[edge] = (parcel.Id, -1);
            else if (pair.Right == -1)
                sides[edge] = (pair.Left, parcel.Id);
            else
                throw new InvalidOperationException($"Three parcels share the edge {edge}.");
        }
    }
}
