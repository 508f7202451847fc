using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating;

/// <summary>A closed box in lattice units: an envelope whose comparisons cannot round.</summary>
internal readonly record struct LatticeBox(long MinX, long MinY, long MaxX, long MaxY)
{
    public static LatticeBox Empty { get; } = new(long.MaxValue, long.MaxValue, long.MinValue, long.MinValue);

    public static LatticeBox At(LatticePoint point) => new(point.X, point.Y, point.X, point.Y);

    public bool Covers(LatticePoint point) =>
        point.X >= MinX && point.X <= MaxX && point.Y >= MinY && point.Y <= MaxY;

    public bool Intersects(in LatticeBox other) =>
        MinX <= other.MaxX && MaxX >= other.MinX && MinY <= other.MaxY && MaxY >= other.MinY;

    public LatticeBox Union(in LatticeBox other) =>
        new(Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    public LatticeBox Including(LatticePoint point) => Union(At(point));
}
