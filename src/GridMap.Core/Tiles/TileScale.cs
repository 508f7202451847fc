namespace GridMap.Core.Tiles;

/// <summary>
/// How one zoom of the tiles measures: the whole world in tile units. At zoom 16, the deepest that is made, a unit is
/// 0.149 m x cos(latitude); clients draw zooms beyond it from the tiles of 16, up to zoom 19 with a unit under a CSS pixel.
/// An immutable value.
/// </summary>
/// <param name="Z">Zoom, 0 to <see cref="MaxZ"/>.</param>
internal readonly record struct TileScale(int Z)
{
    /// <summary>The deepest zoom that is made.</summary>
    public const int MaxZ = 16;

    // 4096 = 2^12 units to a tile.
    private const int ExtentBits = 12;

    /// <summary>Binary digits between a tile unit and a fine unit.</summary>
    public int Shift => MercatorPoint.WorldBits - ExtentBits - Z;

    /// <summary>Fine units to a tile unit.</summary>
    public long Unit => 1L << Shift;

    /// <summary>
    /// How far, in fine units, a border may move for having fewer points: a quarter of a CSS pixel of a tile drawn 512 pixels wide,
    /// which is half of one just before the next zoom takes over. The deepest zoom, which is enlarged, keeps all but straight points.
    /// </summary>
    public double Tolerance => Z == MaxZ ? Unit / 4.0 : Unit * 2.0;

    /// <summary>The tile unit nearest to a fine coordinate, half up: always the same for the same vertex.</summary>
    public int Round(long fine) => (int)((fine + (Unit >> 1)) >> Shift);

    /// <summary>The tile unit point nearest to a fine point.</summary>
    public TilePoint Round(MercatorPoint point) => new(Round(point.X), Round(point.Y));
}
