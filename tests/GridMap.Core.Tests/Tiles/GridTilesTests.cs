using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Tiles;

public class GridTilesTests
{
    // A village of 2 km, a city, a province, far north: each is looked at on the zooms where it fills a few tiles.
    public static TheoryData<int, int, double, double, double, int, int> Territories => new()
    {
        { 11, 30, 112.99, 22.98, 0.02, 10, 16 },
        { 12, 120, 121.3, 25.0, 0.4, 6, 12 },
        { 13, 40, -71.2, -33.3, 9.0, 0, 6 },
        { 14, 40, 15.0, 78.0, 0.3, 5, 13 },
    };

    [Theory]
    [MemberData(nameof(Territories))]
    public void Neighbours_share_every_edge_and_no_polygon_overlaps_another(
        int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var coverage = VoronoiCoverages.Build(seed, cells, lon, lat, side);
        var tiles = VoronoiCoverages.Tiles(coverage);
        var shared = 0;
        ForEachTile(tiles, minZ, maxZ, (tile, layers) =>
        {
            foreach (var layer in layers.Values.Where(layer => layer.Name.StartsWith("grids-", StringComparison.Ordinal)))
            {
                var geometries = layer.Features.ConvertAll(feature => feature.ToGeometry());
                Assert.All(geometries, geometry => Assert.True(geometry.IsValid, $"{tile} {geometry}"));
                Assert.All(layer.Features, feature => AssertWithinBuffer(feature));
                AssertDisjoint(geometries, tile);

                // An edge inside the tile has a grid on one side or one on each: never two on one side.
                var edges = layer.Features.SelectMany(Edges).Where(edge => !RunsAlongSide(edge)).ToList();
                Assert.Equal(edges.Count, edges.Distinct().Count());
                var both = edges.ToHashSet();
                var lonely = edges.Where(edge => !both.Contains((edge.To, edge.From))).ToList();
                shared += edges.Count - lonely.Count;

                // And where it has a grid on one side only, no vertex of another grid lies within it.
                AssertNoVertexWithin(lonely, both);
            }
        });
        Assert.True(shared > 1000, $"{shared} shared edges");
    }

    [Theory]
    [MemberData(nameof(Territories))]
    public void Next_tiles_show_the_same_edges_where_both_see_them(
        int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var tiles = VoronoiCoverages.Tiles(VoronoiCoverages.Build(seed, cells, lon, lat, side));
        var compared = 0;
        ForEachTile(tiles, minZ, maxZ, (tile, layers) =>
        {
            if (!TileCoord.TryCreate(tile.Z, tile.X + 1, tile.Y, out var east))
                return;
            var eastern = MvtDecoder.Decode(tiles.Tile(east));
            foreach (var (name, layer) in layers)
            {
                if (name == "labels")
                    continue;

                // Both see the strip between 64 units west and 64 units east of the side that they share.
                var here = Shared(layer, 4032, 4160, 0);
                var there = eastern.TryGetValue(name, out var other) ? Shared(other, -64, 64, 4096) : [];
                Assert.Equal(here.Order(), there.Order());
                compared += here.Count;
            }
        });
        Assert.True(compared > 100, $"{compared} edges compared");

        static List<(double, double, double, double)> Shared(DecodedLayer layer, double west, double east, double shift) =>
            [.. layer.Features.SelectMany(Edges)
                .Where(edge => edge.From.X >= west && edge.To.X >= west && edge.From.X <= east && edge.To.X <= east)
                .Where(edge => !RunsAlongSide(edge) && !(edge.From.X == edge.To.X && Math.Abs(edge.From.X + shift - 4096) == 64))
                .Select(edge => Sorted(edge, shift)).Distinct()];

        static (double, double, double, double) Sorted((Coordinate From, Coordinate To) edge, double shift)
        {
            var (a, b) = edge.From.CompareTo(edge.To) < 0 ? edge : (edge.To, edge.From);
            return (a.X + shift, a.Y, b.X + shift, b.Y);
        }
    }

    [Theory]
    [MemberData(nameof(Territories))]
    public void The_tiles_of_a_zoom_together_show_the_whole_coverage_and_parents_cover_their_children(
        int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var coverage = VoronoiCoverages.Build(seed, cells, lon, lat, side);
        var tiles = VoronoiCoverages.Tiles(coverage);
        var factory = new GeometryFactory();
        var area = factory.ToGeometry(new Envelope(0, 4096, 0, 4096));
        for (var z = minZ; z <= maxZ; z++)
        {
            var shown = new double[4];
            ForEachTile(tiles, z, z, (_, layers) =>
            {
                for (var level = 1; level <= 3; level++)
                {
                    if (layers.TryGetValue($"grids-{level}", out var layer))
                        shown[level] += layer.Features.Sum(feature => feature.ToGeometry().Intersection(area).Area);
                }
            });
            for (var level = 1; level <= DeepestAt(tiles, z); level++)
            {
                Assert.Equal(shown[1], shown[level], shown[1] * 1e-9);
                var unit = new TileScale(z).Unit;
                var exact = MercatorArea(coverage, level) / unit / unit;
                Assert.InRange(shown[level] - exact, -20 * Math.Sqrt(exact) - 20, 20 * Math.Sqrt(exact) + 20);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Territories))]
    public void Each_border_is_drawn_once_with_the_outermost_level_that_it_bounds(
        int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var tiles = VoronoiCoverages.Tiles(VoronoiCoverages.Build(seed, cells, lon, lat, side));
        var (lines, thin) = (0, 0);
        ForEachTile(tiles, minZ, maxZ, (tile, layers) =>
        {
            var expected = new Dictionary<(double, double, double, double), long>();
            foreach (var layer in layers.Values.Where(layer => layer.Name.StartsWith("grids-", StringComparison.Ordinal)))
            {
                foreach (var edge in layer.Features.SelectMany(Edges).Where(edge => !RunsAlongSide(edge)))
                    expected.TryAdd(Undirected(edge), layer.Name[^1] - '0');
            }

            var drawn = new Dictionary<(double, double, double, double), long>();
            foreach (var feature in layers.TryGetValue("borders", out var borders) ? borders.Features : [])
            {
                foreach (var edge in Edges(feature))
                    drawn.Add(Undirected(edge), (long)feature.Properties["level"]);
            }

            // What shrank to a line at this zoom is drawn though no polygon has it, and may lie on a border of an inner level.
            foreach (var (edge, level) in expected)
            {
                Assert.True(drawn[edge] <= level);
                thin += drawn[edge] < level ? 1 : 0;
            }

            lines += expected.Count;
        });
        Assert.True(thin * 100 < lines, $"{thin} of {lines}");
        Assert.True(lines > 1000, $"{lines} edges of borders");
    }

    [Theory]
    [MemberData(nameof(Territories))]
    public void Each_grid_is_named_once_within_its_polygon(
        int seed, int cells, double lon, double lat, double side, int minZ, int maxZ)
    {
        var coverage = VoronoiCoverages.Build(seed, cells, lon, lat, side);
        var tiles = VoronoiCoverages.Tiles(coverage);
        for (var z = minZ; z <= maxZ; z++)
        {
            var (named, drawn) = (new List<ulong>(), new HashSet<ulong>());
            ForEachTile(tiles, z, z, (tile, layers) =>
            {
                foreach (var layer in layers.Values.Where(layer => layer.Name.StartsWith("grids-", StringComparison.Ordinal)))
                    drawn.UnionWith(layer.Features.Select(feature => feature.Id!.Value));
                if (!layers.TryGetValue("labels", out var labels))
                    return;
                foreach (var label in labels.Features)
                {
                    named.Add(label.Id!.Value);
                    var grid = coverage.Grids[coverage.IndexOf((long)label.Id.Value)];
                    Assert.Equal((long)label.Id.Value, label.Properties["id"]);
                    Assert.Equal(grid.Code, label.Properties["code"]);
                    Assert.Equal($"网格 {grid.Code}", label.Properties["name"]);
                    var polygon = layers[$"grids-{grid.Level}"].Features.SingleOrDefault(feature => feature.Id == label.Id)?.ToGeometry();
                    var exact = Math.Sqrt(coverage.DoubledArea(coverage.IndexOf(grid.Id)) is var area ? (double)area : 0);
                    if (polygon is null || grid.Code == "river" || exact / Lattice.UnitsPerDegree / 360 * 4096 * (1 << z) < 40)
                        continue; // too small at this zoom to hold its own pole
                    Assert.True(polygon.Covers(label.ToGeometry()), $"{tile} {grid.Code}");
                }
            });
            Assert.Equal(named.Count, named.Distinct().Count());

            // A level is named as a whole or not yet; on the deepest of these zooms all are.
            int LevelOf(ulong id) => coverage.Grids[coverage.IndexOf((long)id)].Level;
            var levels = named.Select(LevelOf).Append(1).ToHashSet();
            Assert.Equal(drawn.Where(id => levels.Contains(LevelOf(id))).Order(), named.Order());
            Assert.True(z < maxZ || levels.Count == 3);
        }
    }

    [Fact]
    public void Ids_and_properties_of_grids_are_on_their_polygons()
    {
        var coverage = Coverage("POLYGON ((113 22.9, 113.01 22.9, 113.01 22.91, 113 22.91, 113 22.9))", (1L << 33) + 5);
        var tiles = new GridTiles(coverage, [new GridCaption("南海区", "village"), new GridCaption("一格", "special")]);
        var layers = MvtDecoder.Decode(tiles.Tile(TileCoord.At(14, 113.005, 22.905)));
        var outer = layers["grids-1"].Features.Single();
        Assert.Equal((1ul << 33) + 5, outer.Id);
        Assert.Equal(["code", "kind", "level", "name"], outer.Properties.Keys.Order());
        var inner = layers["grids-2"].Features.Single();
        Assert.Equal((1ul << 33) + 6, inner.Id);
        Assert.Equal([("code", "A-1"), ("kind", "special"), ("level", 2L), ("name", "一格"), ("parent", "A")],
            inner.Properties.Select(property => (property.Key, property.Value)).Order());
    }

    [Fact]
    public void A_level_appears_where_its_median_grid_is_eight_pixels_wide_and_level_1_always()
    {
        var tiles = VoronoiCoverages.Tiles(VoronoiCoverages.Build(12, 120, 121.3, 25.0, 0.4));
        var layers = tiles.Layers.ToDictionary(layer => layer.Id);
        Assert.Equal(["borders", "grids-1", "grids-2", "grids-3", "labels"], layers.Keys.Order());
        Assert.Equal(0, layers["grids-1"].MinZoom);

        // 0.4 degrees at zoom z are 0.57 * 2^z pixels: grids of level 2 are 0.45 of that wide (8.2 at zoom 5), of level 3 0.12 (8.7 at zoom 7).
        Assert.Equal(5, layers["grids-2"].MinZoom);
        Assert.Equal(7, layers["grids-3"].MinZoom);
        Assert.All(layers.Values, layer => Assert.Equal(16, layer.MaxZoom));
        Assert.DoesNotContain("grids-3", MvtDecoder.Decode(tiles.Tile(TileCoord.At(6, 121.5, 25.2))).Keys);
        Assert.Contains("grids-3", MvtDecoder.Decode(tiles.Tile(TileCoord.At(7, 121.5, 25.2))).Keys);
    }

    [Fact]
    public void A_tile_inside_a_grid_is_full_and_one_beside_all_grids_is_empty()
    {
        var coverage = Coverage(
            "POLYGON ((113 22.9, 113.1 22.9, 113.1 23, 113 23, 113 22.9), "
            + "(113.04 22.94, 113.04 22.96, 113.06 22.96, 113.06 22.94, 113.04 22.94))", 1);
        var tiles = VoronoiCoverages.Tiles(coverage);
        var inside = MvtDecoder.Decode(tiles.Tile(TileCoord.At(16, 113.02, 22.92)));
        Assert.Equal("MULTIPOLYGON (((-64 -64, 4160 -64, 4160 4160, -64 4160, -64 -64)))",
            new WKTWriter().Write(inside["grids-1"].Features.Single().ToGeometry().Normalized().Reverse()).Replace("Z", ""));
        Assert.False(inside.ContainsKey("borders"));
        Assert.Empty(tiles.Tile(TileCoord.At(16, 113.05, 22.95))); // in the hole
        Assert.Empty(tiles.Tile(TileCoord.At(16, 113.2, 22.95)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tiles.Tile(new TileCoord(17, 0, 0)));
    }

    [Fact]
    public void A_coverage_without_grids_has_empty_tiles()
    {
        var tiles = new GridTiles(CoverageReader.Read([]).Coverage!, []);
        Assert.Null(tiles.Envelope);
        Assert.Empty(tiles.Tile(new TileCoord(0, 0, 0)));
        Assert.Equal(["borders", "labels"], tiles.Layers.Select(layer => layer.Id));
        Assert.Empty(tiles.Tile(new TileCoord(16, 0, 0)));
    }

    [Fact]
    public void Threads_that_ask_at_once_get_what_one_would()
    {
        var coverage = VoronoiCoverages.Build(15, 60, 112.99, 22.98, 0.02);
        var (one, many) = (VoronoiCoverages.Tiles(coverage), VoronoiCoverages.Tiles(coverage));
        var coords = Enumerable.Range(8, 9).SelectMany(z => TilesOf(one, z)).ToList();
        var expected = coords.ConvertAll(one.Tile);
        var actual = new byte[coords.Count][];
        Parallel.For(0, coords.Count, i => actual[i] = many.Tile(coords[i]));
        Assert.Equal(expected, actual);
    }

    internal static void ForEachTile(GridTiles tiles, int minZ, int maxZ, Action<TileCoord, IReadOnlyDictionary<string, DecodedLayer>> act)
    {
        for (var z = minZ; z <= maxZ; z++)
        {
            foreach (var tile in TilesOf(tiles, z))
                act(tile, MvtDecoder.Decode(tiles.Tile(tile)));
        }
    }

    private static IEnumerable<TileCoord> TilesOf(GridTiles tiles, int z)
    {
        var envelope = tiles.Envelope!;
        var (first, last) = (TileCoord.At(z, envelope.MinX, envelope.MaxY), TileCoord.At(z, envelope.MaxX, envelope.MinY));
        for (var x = first.X; x <= last.X; x++)
        {
            for (var y = first.Y; y <= last.Y; y++)
                yield return new TileCoord(z, x, y);
        }
    }

    private static Coverage Coverage(string wkt, long firstId) => CoverageBuilder.Build(
        [new CoverageInput(firstId, "A", 1, null, null), new CoverageInput(firstId + 1, "A-1", 2, firstId, new WKTReader().Read(wkt))],
        CoverageOptions.Exact).Coverage;

    private static int DeepestAt(GridTiles tiles, int z) =>
        tiles.Layers.Count(layer => layer.Id.StartsWith("grids-", StringComparison.Ordinal) && layer.MinZoom <= z);

    private static double MercatorArea(Coverage coverage, int level)
    {
        double doubled = 0;
        foreach (var arc in coverage.Arcs)
        {
            bool IsCovered(int face) => coverage.Faces[face].GridAt(level) >= 0;
            var sides = (IsCovered(arc.LeftFace) ? 1 : 0) - (IsCovered(arc.RightFace) ? 1 : 0);
            var points = arc.Points.ToArray().Select(WebMercator.Project).ToArray();
            var origin = WebMercator.Project(coverage.Arcs[0].Points.Span[0]);
            for (var i = 1; i < points.Length && sides != 0; i++)
            {
                doubled -= sides * ((double)(points[i - 1].X - origin.X) * (points[i].Y - origin.Y)
                    - (double)(points[i].X - origin.X) * (points[i - 1].Y - origin.Y));
            }
        }

        return doubled / 2;
    }

    private static IEnumerable<(Coordinate From, Coordinate To)> Edges(DecodedFeature feature) =>
        feature.Parts.SelectMany(part => part.Zip(part.Skip(1)));

    private static (double, double, double, double) Undirected((Coordinate From, Coordinate To) edge)
    {
        var (a, b) = edge.From.CompareTo(edge.To) < 0 ? edge : (edge.To, edge.From);
        return (a.X, a.Y, b.X, b.Y);
    }

    private static bool RunsAlongSide((Coordinate From, Coordinate To) edge) =>
        edge.From.X == edge.To.X && edge.From.X is -64 or 4160 && edge.From.X == edge.To.X
        || edge.From.Y == edge.To.Y && edge.From.Y is -64 or 4160;

    private static void AssertWithinBuffer(DecodedFeature feature) =>
        Assert.True(new Envelope(-64, 4160, -64, 4160).Contains(feature.ToGeometry().EnvelopeInternal));

    private static void AssertDisjoint(List<Geometry> geometries, TileCoord tile)
    {
        for (var i = 0; i < geometries.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (geometries[i].EnvelopeInternal.Intersects(geometries[j].EnvelopeInternal))
                    Assert.True(geometries[i].Intersection(geometries[j]).Area == 0, $"{tile} {geometries[i]} {geometries[j]}");
            }
        }
    }

    private static void AssertNoVertexWithin(List<(Coordinate From, Coordinate To)> lonely, HashSet<(Coordinate From, Coordinate To)> edges)
    {
        var vertices = edges.Select(edge => edge.From).Distinct().ToList();
        foreach (var (a, b) in lonely)
        {
            var box = new Envelope(a, b);
            foreach (var vertex in vertices.Where(vertex => box.Contains(vertex) && !vertex.Equals2D(a) && !vertex.Equals2D(b)))
                Assert.NotEqual(0, (b.X - a.X) * (vertex.Y - a.Y) - (b.Y - a.Y) * (vertex.X - a.X));
        }
    }
}
