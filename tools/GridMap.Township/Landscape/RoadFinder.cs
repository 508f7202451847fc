using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>
/// Country roads: each settlement is joined to its neighbours by the cheapest way over the ground. Slopes and water cost, a road that
/// is there already is cheap, and the strip beside one is dear, so that ways join instead of running side by side.
/// </summary>
internal sealed class RoadFinder
{
    private static readonly (int Column, int Row)[] Steps =
        [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1), (2, 1), (2, -1), (-2, 1), (-2, -1), (1, 2), (1, -2), (-1, 2), (-1, -2)];

    /// <summary>What a step on a road costs, of one on good ground; and how many times dearer the strip beside a road is.</summary>
    private const double RoadPrice = 0.32;

    private const double BesidePrice = 2.2;

    private readonly Raster cost;
    private readonly bool[] road;
    private readonly bool[] beside;
    private readonly double[] best;
    private readonly (int Column, int Row)[] back;
    private readonly Raster height;
    private readonly Noise noise;
    private readonly IReadOnlyList<Road> main;

    public RoadFinder(Raster height, IReadOnlyList<River> rivers, IReadOnlyList<Road> main, Seeded chance)
    {
        (this.height, this.main) = (height, main);
        noise = new Noise(chance.NextBits());
        cost = Raster.Of(Frame.Drawn, 50, Ground);
        var cells = cost.Width * cost.Height;
        (road, beside, best, back) = (new bool[cells], new bool[cells], new double[cells], new (int, int)[cells]);
        var water = Raster.DistanceTo(rivers.Select(river => river.Line), Frame.Drawn, 25);
        var wide = Raster.DistanceTo(rivers.Where(river => river.IsRiver).Select(river => river.Line), Frame.Drawn, 25);
        for (var row = 0; row < cost.Height; row++)
        {
            for (var column = 0; column < cost.Width; column++)
            {
                var centre = cost.Centre(column, row);
                cost[column, row] += wide.At(centre) < 90 ? 14 : water.At(centre) < 45 ? 5 : 0;
            }
        }

        foreach (var line in main.Where(way => way.Rank >= 2))
            Settle(Cells(line.Line));
    }

    /// <summary>Joins the settlements and returns the new ways, ends on settlements or on other roads.</summary>
    public IReadOnlyList<Coordinate[]> Join(IReadOnlyList<Settlement> settlements)
    {
        var edges = new List<(Coordinate From, Coordinate To)>();
        foreach (var (from, to) in Neighbours(settlements))
            edges.Add((from, to));
        edges.Sort((a, b) => a.From.Distance(a.To).CompareTo(b.From.Distance(b.To)));
        var chains = new RoadChains(cost);
        foreach (var (from, to) in edges)
        {
            var path = Cheapest(cost.CellOf(from), cost.CellOf(to));
            chains.Add(path, road);
            Settle(path);
        }

        return [.. chains.Smooth().Select(way => Meet(way))];
    }

    /// <summary>A way found on the cells ends beside the main road that it joins: leads the end onto it.</summary>
    private Coordinate[] Meet(Coordinate[] way)
    {
        foreach (var end in (ReadOnlySpan<int>)[0, way.Length - 1])
        {
            var nearest = main.Where(road => road.Rank >= 2).SelectMany(road => road.Line).MinBy(way[end].Distance)!;
            if (nearest.Distance(way[end]) < 60)
                way[end] = nearest.Copy();
        }

        return way;
    }

    /// <summary>Pairs with no third settlement nearer to both (the relative neighbourhood graph), and not too far apart.</summary>
    private static IEnumerable<(Coordinate From, Coordinate To)> Neighbours(IReadOnlyList<Settlement> settlements)
    {
        for (var i = 0; i < settlements.Count; i++)
        {
            for (var j = i + 1; j < settlements.Count; j++)
            {
                var (a, b) = (settlements[i].Place, settlements[j].Place);
                var apart = a.Distance(b);
                if (apart < 3200 && settlements.All(c => ReferenceEquals(c.Place, a) || ReferenceEquals(c.Place, b)
                    || Math.Max(c.Place.Distance(a), c.Place.Distance(b)) >= apart * 0.86))
                    yield return (a, b);
            }
        }
    }

    private double Ground(Coordinate point)
    {
        var slope = Math.Max(0, height.At(point) - 0.12);
        return 1 + 14 * slope + 0.9 * (1 + noise.Fractal(point.X, point.Y, 500, 3));
    }

    private List<(int Column, int Row)> Cheapest((int Column, int Row) from, (int Column, int Row) to)
    {
        Array.Fill(best, double.MaxValue);
        best[Index(from)] = 0;
        var queue = new PriorityQueue<(int Column, int Row), double>();
        queue.Enqueue(from, 0);
        while (queue.TryDequeue(out var cell, out _) && cell != to)
        {
            foreach (var (dc, dr) in Steps)
            {
                var next = (Column: cell.Column + dc, Row: cell.Row + dr);
                if (next.Column < 0 || next.Row < 0 || next.Column >= cost.Width || next.Row >= cost.Height)
                    continue;
                var length = Math.Sqrt(dc * dc + dr * dr);
                var reached = best[Index(cell)] + length * (Price(cell) + Price(next)) / 2;
                if (best[Index(next)] <= reached)
                    continue;
                best[Index(next)] = reached;
                back[Index(next)] = cell;
                var (restC, restR) = (to.Column - next.Column, to.Row - next.Row);
                queue.Enqueue(next, reached + RoadPrice * Math.Sqrt(restC * restC + restR * restR));
            }
        }

        var path = new List<(int Column, int Row)> { to };
        while (path[^1] != from)
            path.Add(back[Index(path[^1])]);
        path.Reverse();
        return path;
    }

    private double Price((int Column, int Row) cell) =>
        road[Index(cell)] ? RoadPrice : cost[cell.Column, cell.Row] * (beside[Index(cell)] ? BesidePrice : 1);

    private int Index((int Column, int Row) cell) => cell.Row * cost.Width + cell.Column;

    private void Settle(IReadOnlyList<(int Column, int Row)> cells)
    {
        foreach (var (column, row) in cells)
        {
            road[row * cost.Width + column] = true;
            for (var near = Math.Max(0, row - 2); near <= Math.Min(cost.Height - 1, row + 2); near++)
                beside.AsSpan(near * cost.Width + Math.Max(0, column - 2), Math.Min(5, cost.Width - Math.Max(0, column - 2))).Fill(true);
        }
    }

    private List<(int Column, int Row)> Cells(Coordinate[] line)
    {
        var cells = new List<(int, int)>();
        foreach (var point in Curves.Through(line, 20))
        {
            if (Frame.Drawn.Contains(point.X, point.Y))
                cells.Add(cost.CellOf(point));
        }

        return cells;
    }
}
