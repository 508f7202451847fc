using GridMap.Core.Coverages;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Core.Tests.Tiles;

/// <summary>
/// Territories that leave nothing out, with a frame around them: every border divides two grids, so on a tile every edge must come twice,
/// once either way, but for the tile's sides and the frame. Counted over all tiles of several zooms.
/// </summary>
public class TileTruthTests
{
    [Theory]
    [InlineData(31, 90, 112.99, 22.98, 0.03, 9, 15)]
    [InlineData(32, 60, 112.99, 22.98, 0.004, 13, 16)]
    [InlineData(33, 150, 8.4, 47.2, 0.3, 4, 12)]
    public void No_ring_is_invalid_and_no_vertex_unmatched(int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var coverage = Framed(VoronoiCoverages.Build(seed, cells, lon, lat, side), side);
        var tiles = new GridTiles(coverage, [.. coverage.Grids.Select(grid => new GridCaption(grid.Code, "village"))]);
        var (rings, vertices, invalid, unmatched) = (0, 0, new List<string>(), new List<string>());
        GridTilesTests.ForEachTile(tiles, minZ, maxZ, (tile, layers) =>
        {
            var features = layers["grids-1"].Features;
            rings += features.Sum(feature => feature.Parts.Count);
            invalid.AddRange(features.Where(feature => !feature.ToGeometry().IsValid).Select(feature => $"{tile} {feature.Id}"));
            var edges = features.SelectMany(feature => feature.Parts).SelectMany(ring => ring.Zip(ring.Skip(1))).ToList();
            var all = edges.ToHashSet();
            Assert.Equal(edges.Count, all.Count);
            vertices += all.Count;
            unmatched.AddRange(all
                .Where(edge => !all.Contains((edge.Second, edge.First)) && !IsOnSide(edge) && !IsOnFrame(tile, tiles.Envelope!, edge))
                .Select(edge => $"{tile} {edge}"));
        });
        Assert.Empty(invalid);
        Assert.Empty(unmatched);
        Assert.True(rings > 500 && vertices > 10_000, $"{rings} rings, {vertices} vertices");
    }

    [Fact]
    public void A_tile_that_no_border_meets_belongs_to_the_grid_around_it_even_beside_a_grid_too_narrow_to_be_drawn()
    {
        // A strip of 6 cm runs along the western side of tile 16/53351/28510 with its buffer, 1 cm from it.
        var tile = new TileCoord(16, 53351, 28510);
        var side = tile.Envelope(MvtWriter.Buffer);
        var (west, east) = (side.MinX - 3e-7, side.MinX + 3e-7);
        var box = new Envelope(side.MinX - 0.02, side.MaxX + 0.02, side.MinY - 0.02, side.MaxY + 0.02);
        var coverage = CoverageBuilder.Build(
        [
            Input(1, new Envelope(box.MinX, west, box.MinY, box.MaxY)), Input(2, new Envelope(west, east, box.MinY, box.MaxY)),
            Input(3, new Envelope(east, box.MaxX, box.MinY, box.MaxY)),
        ], CoverageOptions.Exact).Coverage;
        var tiles = new GridTiles(coverage, [.. coverage.Grids.Select(grid => new GridCaption(grid.Code, "village"))]);
        var drawn = MvtDecoder.Decode(tiles.Tile(tile))["grids-1"].Features;
        Assert.Equal(3ul, Assert.Single(drawn).Id);
        Assert.Equal(4224 * 4224, drawn[0].ToGeometry().Area);

        static CoverageInput Input(long id, Envelope envelope) => new(id, $"{id}", 1, null, new GeometryFactory().ToGeometry(envelope));
    }

    // Each face is a grid, and so is what surrounds them.
    private static Coverage Framed(Coverage coverage, double side)
    {
        var tracing = new RegionTracing(coverage.Map);
        var faces = Enumerable.Range(1, coverage.Faces.Count - 1).Select(face => tracing.Polygon([face])).ToList();
        var union = CoverageUnion.Union(coverage.Polygon(0).Factory.BuildGeometry(faces));
        var around = union.EnvelopeInternal.Copy();
        around.ExpandBy(side / 16);
        var frame = (Polygon)union.Factory.ToGeometry(around);
        var holes = Enumerable.Range(0, union.NumGeometries).Select(part => (LinearRing)((Polygon)union.GetGeometryN(part)).ExteriorRing.Copy());
        var inputs = faces.Select((face, i) => new CoverageInput(i + 1, $"{i + 1}", 1, null, face))
            .Append(new CoverageInput(faces.Count + 1, "frame", 1, null, union.Factory.CreatePolygon((LinearRing)frame.ExteriorRing, [.. holes])));
        return CoverageBuilder.Build([.. inputs], CoverageOptions.Exact).Coverage;
    }

    private static bool IsOnSide((Coordinate First, Coordinate Second) edge) =>
        edge.First.X == edge.Second.X && edge.First.X is -64 or 4160 || edge.First.Y == edge.Second.Y && edge.First.Y is -64 or 4160;

    private static bool IsOnFrame(TileCoord tile, Envelope frame, (Coordinate First, Coordinate Second) edge)
    {
        var world = 4096.0 * (1 << tile.Z);
        double west = WebMercator.X(frame.MinX) * world - tile.X * 4096, east = WebMercator.X(frame.MaxX) * world - tile.X * 4096;
        double north = WebMercator.Y(frame.MaxY) * world - tile.Y * 4096, south = WebMercator.Y(frame.MinY) * world - tile.Y * 4096;
        return Lies(west, edge.First.X, edge.Second.X) || Lies(east, edge.First.X, edge.Second.X)
            || Lies(north, edge.First.Y, edge.Second.Y) || Lies(south, edge.First.Y, edge.Second.Y);

        static bool Lies(double line, double one, double other) => Math.Abs(one - line) <= 1 && Math.Abs(other - line) <= 1;
    }
}
