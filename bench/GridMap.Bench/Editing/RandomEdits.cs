using GridMap.Core.Coordinates;
using GridMap.Core.Editing;
using NetTopologySuite.Geometries;

namespace GridMap.Bench.Editing;

/// <summary>Edits as a planner with a shaking hand would try them: of every operation, on any level, some of which must be refused.</summary>
public sealed class RandomEdits(Random random)
{
    private const double Metre = 9e-6; // Degrees, about.

    /// <summary>The next edit to try.</summary>
    public PlanEdit Next(PlanState state)
    {
        var grids = state.Grids.OrderBy(grid => grid.Id).ToList();
        var grid = grids[random.Next(grids.Count)];
        var cut = random.Next(4) == 0 ? CutChildren.Refuse : CutChildren.Split;
        switch (random.Next(13))
        {
            case 0 or 1:
                return new SplitEdit(grid.Id, [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Across(grid.Polygon.EnvelopeInternal))], null, cut);
            case 2 when Neighbour(state, grid) is { } other:
                return new MergeEdit(grid.Id, [other.Id], Rejoin: random.Next(2) == 0);
            case 3 when Neighbour(state, grid) is { } other:
                return new ReshapeEdit(grid.Id, other.Id, Redrawn(grid, other), cut);
            case 4:
                return new ReshapeEdit(grid.Id, null, Redrawn(grid, grid), cut);
            case 5 when Neighbour(state, grid) is { } other:
                return new TransferEdit(grid.Id, other.Id, Blob(VertexOf(grid), 5 + 60 * random.NextDouble()), [], cut);
            case 6 when Neighbour(state, grid) is { } other && state.ChildrenOf(grid.Id).OrderBy(child => child.Id).ToList() is { Count: > 0 } children:
                return new TransferEdit(grid.Id, other.Id, null, [children[random.Next(children.Count)].Id], cut);
            case 7 or 8:
                return MovedVertex(grid);
            case 9:
                return new CreateEdit(grid.Level, grid.ParentId, random.Next(4) == 0 && grid.ParentId is not null ? null : Blob(VertexOf(grid), 80), null, "new", "village", "{}");
            case 10:
                return new DeleteEdit(grid.Id, random.Next(3) > 0 ? Neighbour(state, grid)?.Id : null);
            case 11 when grids.Where(other => other.Level == grid.Level - 1).ToList() is { Count: > 0 } parents:
                return new ReparentEdit(grid.Id, parents[random.Next(parents.Count)].Id);
            case 12 when random.Next(3) == 0:
                return new LockEdit([grid.Id], IsLocked: random.Next(3) == 0);
            default:
                return new UpdateEdit(grid.Id, null, $"name {random.Next(1000)}", null, new Dictionary<string, System.Text.Json.Nodes.JsonNode?>());
        }
    }

    private static PlannedGrid? Neighbour(PlanState state, PlannedGrid grid) => state.Near(grid.Polygon.EnvelopeInternal)
        .FirstOrDefault(other => other.Level == grid.Level && other.Id != grid.Id && Adjacency.AreNeighbours(grid, other));

    private LatticePoint[] Across(Envelope envelope)
    {
        var angle = random.NextDouble() * Math.PI;
        var reach = envelope.Diameter;
        var (x, y) = (envelope.MinX + envelope.Width * random.NextDouble(), envelope.MinY + envelope.Height * random.NextDouble());
        var bend = (random.NextDouble() - 0.5) * reach * 0.3;
        return
        [
            LatticePoint.FromDegrees(x - reach * Math.Cos(angle), y - reach * Math.Sin(angle)),
            LatticePoint.FromDegrees(x - bend * Math.Sin(angle), y + bend * Math.Cos(angle)),
            LatticePoint.FromDegrees(x + reach * Math.Cos(angle), y + reach * Math.Sin(angle)),
        ];
    }

    /// <summary>A line between two places on the border that two grids share, or on that of one, with a bulge between.</summary>
    private LatticePoint[] Redrawn(PlannedGrid grid, PlannedGrid other)
    {
        var theirs = other.Polygon.Coordinates.ToHashSet();
        var shared = grid.Polygon.Coordinates.Where(theirs.Contains).ToList();
        var (a, b) = (shared[random.Next(shared.Count)], shared[random.Next(shared.Count)]);
        var bulge = 40 * Metre * (random.NextDouble() - 0.5);
        return
        [
            LatticePoint.From(a),
            LatticePoint.FromDegrees((a.X + b.X) / 2 + bulge, (a.Y + b.Y) / 2 - bulge),
            LatticePoint.FromDegrees(b.X, b.Y),
        ];
    }

    private LatticePoint VertexOf(PlannedGrid grid)
    {
        var points = grid.Polygon.Coordinates;
        return LatticePoint.From(points[random.Next(points.Length)]);
    }

    private MultiPolygon Blob(LatticePoint around, double metres)
    {
        var corners = Enumerable.Range(0, 7).Select(i =>
        {
            var (angle, reach) = (i * Math.PI * 2 / 7, metres * Metre * (0.4 + 0.6 * random.NextDouble()));
            var (lon, lat) = around.ToLonLat();
            return LatticePoint.FromDegrees(lon + reach * Math.Cos(angle), lat + reach * Math.Sin(angle)).ToCoordinate();
        }).ToList();
        return Lattice.Factory.CreateMultiPolygon([Lattice.Factory.CreatePolygon([.. corners, corners[0]])]);
    }

    private MoveVertexEdit MovedVertex(PlannedGrid grid)
    {
        var ring = grid.Polygon.Geometries.Cast<Polygon>().First().Shell.Coordinates;
        var at = random.Next(ring.Length - 1);
        var isEdge = random.Next(3) == 0;
        var (lon, lat) = isEdge
            ? ((ring[at].X + ring[at + 1].X) / 2, (ring[at].Y + ring[at + 1].Y) / 2)
            : (ring[at].X, ring[at].Y);
        var reach = (random.Next(8) == 0 ? 200 : 15) * Metre;
        return new MoveVertexEdit(
            LatticePoint.From(ring[at]), isEdge ? LatticePoint.From(ring[at + 1]) : null,
            LatticePoint.FromDegrees(lon + reach * (random.NextDouble() - 0.5), lat + reach * (random.NextDouble() - 0.5)));
    }
}
