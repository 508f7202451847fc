using GridMap.Township.Landscape;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Parcels;

/// <summary>The smallest piece of ground: borders of grids run along parcels, and settlements and ponds are drawn from them.</summary>
/// <param name="Id">Its place in the list of parcels.</param>
/// <param name="Shape">Lattice coordinates, degrees.</param>
/// <param name="Metres">The same on the drawing board.</param>
/// <param name="Middle">A point inside, metres.</param>
/// <param name="Block">The block between roads and water that it was cut from.</param>
/// <param name="Use">What its ground is used for.</param>
internal sealed record Parcel(int Id, Polygon Shape, Polygon Metres, Coordinate Middle, int Block, Use Use)
{
    public double Area { get; } = Metres.Area;

    public bool IsBuilt => Use is Use.Town or Use.Village or Use.Industry;

    /// <summary>Households, in a unit of no meaning: only shares are used.</summary>
    public double People => Area * Use switch
    {
        Use.Town => 5.5,
        Use.Village => 2.8,
        Use.Industry => 0.5,
        Use.Field or Use.Pond => 0.05,
        _ => 0.005,
    };
}
