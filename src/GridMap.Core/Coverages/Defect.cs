using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>Something wrong with a coverage, and where. Immutable as long as nobody writes into <see cref="Geometry"/>.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Level">The level on which it is wrong; null if on no particular one.</param>
/// <param name="Grids">The grids concerned; of a gap those around it, the longest border first.</param>
/// <param name="Geometry">Where: degrees, lon lat, SRID 4490. A polygon for what has an area, points for what has a place only.</param>
/// <param name="Measure">How much; null where nothing is to be measured.</param>
/// <param name="Blocks">True when it blocks publishing under the rules that it was found by.</param>
public sealed record Defect(
    DefectKind Kind, int? Level, IReadOnlyList<CoverageGrid> Grids, Geometry Geometry, Measure? Measure, bool Blocks)
{
    /// <summary>A point to put a mark at: inside <see cref="Geometry"/>, or on it.</summary>
    public Point Place => Geometry.IsEmpty ? Geometry.Factory.CreatePoint() : Geometry.InteriorPoint;
}

/// <summary>A measured size with its unit. An immutable value.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Unit">What it counts.</param>
public readonly record struct Measure(double Value, MeasureUnit Unit);

/// <summary>The unit of a <see cref="Measure"/>.</summary>
public enum MeasureUnit
{
    /// <summary>Square metres on the ellipsoid.</summary>
    SquareMetres,

    /// <summary>Metres.</summary>
    Metres,

    /// <summary>Pieces.</summary>
    Count,
}
