using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using static GridMap.Core.Tests.Coverages.TestPlane;

namespace GridMap.Core.Tests.Coverages;

public sealed class CoverageReaderTests
{
    [Fact]
    public void A_vertex_within_the_edge_of_a_neighbour_is_unmatched()
    {
        var reading = CoverageReader.Read(
        [
            Shape(1, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)))"),
            Shape(2, "MULTIPOLYGON(((10 0, 20 0, 20 10, 10 10, 10 4, 10 0)))"),
        ]);

        Assert.Null(reading.Coverage);
        Assert.All(reading.Defects, defect =>
        {
            Assert.Equal((DefectKind.UnmatchedVertex, true), (defect.Kind, defect.Blocks));
            Assert.Equal([1L, 2L], defect.Grids.Select(grid => grid.Id));
            Assert.Equal("POINT (10 4)", ToWkt(defect.Geometry));
        });
        Assert.NotEmpty(reading.Defects);
    }

    [Fact]
    public void Borders_that_cross_are_unmatched_where_they_cross()
    {
        var reading = CoverageReader.Read(
        [
            Shape(1, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)))"),
            Shape(2, "MULTIPOLYGON(((5 5, 15 5, 15 15, 5 15, 5 5)))"),
        ]);

        Assert.Null(reading.Coverage);
        Assert.Equal(["POINT (10 5)", "POINT (5 10)"], reading.Defects.Select(defect => ToWkt(defect.Geometry)).Order());
    }

    [Theory]
    [InlineData("MULTIPOLYGON(((0 0, 0 10, 10 10, 10 0, 0 0)))")]
    [InlineData("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 8 2, 8 8, 2 8, 2 2)))")]
    [InlineData("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((2 2, 8 2, 8 8, 2 8, 2 2)))")]
    public void Rings_that_wind_other_than_once_are_invalid(string wkt)
    {
        var reading = CoverageReader.Read([Shape(1, wkt)]);

        Assert.Null(reading.Coverage);
        Assert.Equal(DefectKind.InvalidRing, Assert.Single(reading.Defects).Kind);
    }

    [Fact]
    public void Overlaps_that_match_vertex_for_vertex_are_read_and_found()
    {
        var coverage = CoverageReader.Read(
        [
            Shape(1, "MULTIPOLYGON(((0 0, 10 0, 10 5, 10 10, 5 10, 0 10, 0 0)))"),
            Shape(2, "MULTIPOLYGON(((5 5, 10 5, 15 5, 15 15, 5 15, 5 10, 5 5)))"),
        ]).Coverage;

        var overlap = Assert.Single(CoverageValidator.Validate(Assert.IsType<Coverage>(coverage), DefectRules.Default));
        Assert.Equal([1L, 2L], overlap.Grids.Select(grid => grid.Id));
        Assert.Equal("MULTIPOLYGON (((5 5, 10 5, 10 10, 5 10, 5 5)))", ToWkt(overlap.Geometry));
    }

    [Fact]
    public void Nothing_but_the_outside_is_read_from_nothing()
    {
        var coverage = Assert.IsType<Coverage>(CoverageReader.Read([]).Coverage);

        Assert.Empty(coverage.Arcs);
        Assert.True(Assert.Single(coverage.Faces).Claims.IsEmpty);
        Assert.Empty(coverage.ToShapes());
    }

    [Fact]
    public void Islands_far_and_near_lie_in_the_right_faces()
    {
        // A hundred squares in a frame, each in a frame of its own in every other row.
        var shapes = new List<GridShape> { Shape(1, $"MULTIPOLYGON(((-5 -5, 205 -5, 205 205, -5 205, -5 -5)))", 1) };
        for (var i = 0; i < 100; i++)
        {
            var (x, y) = (i % 10 * 20, i / 10 * 20);
            shapes.Add(Shape(i + 2, $"MULTIPOLYGON((({x} {y}, {x + 10} {y}, {x + 10} {y + 10}, {x} {y + 10}, {x} {y})))", 2, 1));
            if (i / 10 % 2 == 0)
                shapes.Add(Shape(i + 200, $"MULTIPOLYGON((({x + 2} {y + 2}, {x + 8} {y + 2}, {x + 5} {y + 8}, {x + 2} {y + 2})))", 3, i + 2));
        }

        var coverage = Assert.IsType<Coverage>(CoverageReader.Read(shapes).Coverage);

        Assert.Equal(1 + 1 + 100 + 50, coverage.Faces.Count);
        Assert.Equal(Bytes(shapes), Bytes(coverage.ToShapes()));
        Assert.DoesNotContain(CoverageValidator.Validate(coverage, DefectRules.Default), defect => defect.Blocks);
    }

    [Fact]
    public void Random_outlines_are_read_exactly_when_none_meets_another_within_an_edge()
    {
        var random = new Random(21);
        var read = 0;
        for (var round = 0; round < 400; round++)
        {
            var shapes = Enumerable.Range(1, 3).Select(id => RandomTriangle(random, id)).ToList();
            var reading = CoverageReader.Read(shapes);
            Assert.Equal(!AnyMeet(shapes), reading.Coverage is not null);
            if (reading.Coverage is { } coverage)
                Assert.Equal(Bytes(shapes), Bytes(coverage.ToShapes()));
            read += reading.Coverage is null ? 0 : 1;
        }
        Assert.InRange(read, 20, 380);
    }

    private static bool AnyMeet(List<GridShape> shapes)
    {
        var edges = shapes.SelectMany(shape => shape.Polygon.Coordinates.Zip(shape.Polygon.Coordinates.Skip(1))).ToList();
        var intersector = new RobustLineIntersector();
        foreach (var (a, b) in edges)
        {
            foreach (var (c, d) in edges)
            {
                if ((a.Equals2D(c) && b.Equals2D(d)) || (a.Equals2D(d) && b.Equals2D(c)))
                    continue;
                intersector.ComputeIntersection(a, b, c, d);
                if (intersector.HasIntersection && intersector.IsInteriorIntersection())
                    return true;
            }
        }
        return false;
    }

    private static GridShape RandomTriangle(Random random, long id)
    {
        while (true)
        {
            var points = Enumerable.Range(0, 3).Select(_ => new LatticePoint(random.Next(6), random.Next(6))).ToArray();
            if (LatticePredicates.Orientation(points[0], points[1], points[2]) <= 0)
                continue;
            var first = Array.IndexOf(points, points.Min());
            var ring = Enumerable.Range(0, 4).Select(i => points[(first + i) % 3].ToCoordinate()).ToArray();
            return new GridShape(id, $"g{id}", 1, null, Lattice.Factory.CreateMultiPolygon([Lattice.Factory.CreatePolygon(ring)]));
        }
    }

    private static GridShape Shape(long id, string wkt, int level = 1, long? parent = null) =>
        new(id, $"g{id}", level, parent, Lattice.Factory.CreateMultiPolygon(
            [.. ((MultiPolygon)Wkt(wkt)).Geometries.Select(part => (Polygon)Lattice.Factory.CreateGeometry(part))]));
}
