using GridMap.Core.Coordinates;
using GridMap.Core.Tiles;

namespace GridMap.Core.Tests.Tiles;

public class TileCoordTests
{
    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(23, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(3, 8, 0)]
    [InlineData(3, 0, 8)]
    [InlineData(3, -1, 0)]
    [InlineData(3, 0, -1)]
    public void What_is_out_of_range_is_no_tile(int z, int x, int y)
    {
        Assert.False(TileCoord.TryCreate(z, x, y, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileCoord(z, x, y));
    }

    [Fact]
    public void The_last_tile_of_the_deepest_zoom_exists()
    {
        Assert.True(TileCoord.TryCreate(22, (1 << 22) - 1, (1 << 22) - 1, out var tile));
        Assert.Equal("22/4194303/4194303", tile.ToString());
    }

    [Fact]
    public void A_tile_lies_where_mercantile_says()
    {
        // mercantile.bounds(486, 332, 10) and mercantile.tile(20.6852, 40.1222, 9), from its documentation.
        var bounds = new TileCoord(10, 486, 332).Envelope();
        Assert.Equal(-9.140625, bounds.MinX, 12);
        Assert.Equal(53.12040528310657, bounds.MinY, 12);
        Assert.Equal(-8.7890625, bounds.MaxX, 12);
        Assert.Equal(53.33087298301705, bounds.MaxY, 12);
        Assert.Equal(new TileCoord(9, 285, 193), TileCoord.At(9, 20.6852, 40.1222));
    }

    [Fact]
    public void The_buffer_is_the_same_share_of_a_tile_on_every_side()
    {
        var (plain, buffered) = (new TileCoord(0, 0, 0).Envelope(), new TileCoord(1, 0, 0).Envelope(MvtWriter.Buffer));
        Assert.Equal(180 * 64 / 4096.0, buffered.MaxX, 12);
        Assert.Equal(-180 - 180 * 64 / 4096.0, buffered.MinX, 12);
        Assert.Equal(85.0511287798066, plain.MaxY, 10);
        Assert.Equal(-plain.MinY, plain.MaxY, 10);
    }

    [Fact]
    public void Projected_points_lie_where_the_formula_puts_them_and_keep_their_order()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var point = new LatticePoint(random.NextInt64(-180L << 27, 180L << 27), random.NextInt64(-85L << 27, 85L << 27));
            var (lon, lat) = point.ToLonLat();
            var projected = WebMercator.Project(point);
            Assert.InRange(projected.X - WebMercator.X(lon) * MercatorPoint.WorldUnits, -0.51, 0.51);
            Assert.InRange(projected.Y - WebMercator.Y(lat) * MercatorPoint.WorldUnits, -0.51, 0.51);
            Assert.InRange(WebMercator.Lat(projected.Y / (double)MercatorPoint.WorldUnits) - lat, -1e-9, 1e-9);

            // A lattice unit is 23 units or more, so neighbours stay apart and in order.
            var next = WebMercator.Project(new LatticePoint(point.X + 1, point.Y + 1));
            Assert.InRange(next.X - projected.X, 22, 24);
            Assert.True(next.Y < projected.Y - 20);
        }
    }
}
