using GridMap.Township.Chance;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Grouping;

/// <summary>
/// Divides a connected cluster into connected parts about their seats: every node goes to the seat that is nearest by way, and
/// seats that got too much are moved farther off until the shares are about right.
/// </summary>
internal sealed class Division(Cluster cluster, Seeded chance)
{
    private const int Rounds = 40;

    /// <summary>Labels 0..k-1 of the nodes.</summary>
    /// <param name="seats">The node where each part begins, or null to let seats settle by themselves.</param>
    /// <param name="targets">The weight that each part should have; only the shares count.</param>
    public int[] Divide(IReadOnlyList<int>? seats, double[] targets)
    {
        var free = seats is null;
        var places = seats?.ToArray() ?? Scatter(targets.Length);
        var handicap = new double[places.Length];
        var scale = cluster.Weight.Sum() / targets.Sum();
        var stride = Reach() * 0.22;
        int[] best = [], label;
        var worst = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            label = Spread(places, handicap);
            var got = new double[places.Length];
            for (var node = 0; node < label.Length; node++)
                got[label[node]] += cluster.Weight[node];
            var off = got.Select((weight, part) => Math.Abs(weight / (targets[part] * scale) - 1)).Max();
            if (off < worst && Owned(places, label))
                (worst, best) = (off, label);
            for (var part = 0; part < places.Length; part++)
                handicap[part] += stride * Math.Clamp(got[part] / (targets[part] * scale) - 1, -0.8, 0.8);
            var least = handicap.Min();
            for (var part = 0; part < places.Length; part++)
                handicap[part] -= least;
            if (free && round % 3 == 2 && round < Rounds / 2)
                places = Recentre(label, places);
            stride *= 0.95;
        }

        if (best.Length == 0)
            best = Spread(places, new double[places.Length]);
        Straighten(best);
        return best;
    }

    private double Reach()
    {
        var all = new Envelope();
        foreach (var place in cluster.Place)
            all.ExpandToInclude(place);
        return Math.Sqrt(all.Width * all.Width + all.Height * all.Height) / Math.Sqrt(cluster.Count > 60 ? 6 : 3);
    }

    private bool Owned(int[] places, int[] label)
    {
        for (var part = 0; part < places.Length; part++)
        {
            if (label[places[part]] != part)
                return false;
        }

        return cluster.Count > 0;
    }

    private int[] Scatter(int count)
    {
        var places = new List<int> { chance.Below(cluster.Count) };
        while (places.Count < count)
        {
            var (farthest, away) = (-1, -1.0);
            for (var node = 0; node < cluster.Count; node++)
            {
                if (places.Contains(node))
                    continue;
                var distance = places.Min(place => cluster.Place[place].Distance(cluster.Place[node])) * chance.Range(0.45, 1);
                if (distance > away)
                    (farthest, away) = (node, distance);
            }

            places.Add(farthest);
        }

        return [.. places];
    }

    private int[] Spread(int[] places, double[] handicap)
    {
        var label = new int[cluster.Count];
        Array.Fill(label, -1);
        var queue = new PriorityQueue<(int Node, int Part), (double, int)>();
        for (var part = 0; part < places.Length; part++)
            queue.Enqueue((places[part], part), (handicap[part], places[part]));
        while (queue.TryDequeue(out var next, out var reached))
        {
            if (label[next.Node] != -1)
                continue;
            label[next.Node] = next.Part;
            foreach (var way in cluster.From(next.Node))
            {
                if (label[way.To] == -1)
                    queue.Enqueue((way.To, next.Part), (reached.Item1 + way.Length, way.To));
            }
        }

        return label;
    }

    /// <summary>Moves each seat to the node nearest to the middle of its part.</summary>
    private int[] Recentre(int[] label, int[] places)
    {
        var moved = (int[])places.Clone();
        for (var part = 0; part < places.Length; part++)
        {
            double x = 0, y = 0, weight = 0;
            for (var node = 0; node < label.Length; node++)
            {
                if (label[node] != part)
                    continue;
                x += cluster.Place[node].X * cluster.Weight[node];
                y += cluster.Place[node].Y * cluster.Weight[node];
                weight += cluster.Weight[node];
            }

            if (weight > 0)
            {
                var middle = new Coordinate(x / weight, y / weight);
                moved[part] = Enumerable.Range(0, label.Length).Where(node => label[node] == part)
                    .MinBy(node => cluster.Place[node].Distance(middle));
            }
        }

        return moved;
    }

    /// <summary>Nodes that lie mostly along another part go over to it, if their own part stays whole: no tentacles.</summary>
    private void Straighten(int[] label)
    {
        for (var pass = 0; pass < 6; pass++)
        {
            for (var node = 0; node < label.Length; node++)
            {
                var border = new SortedDictionary<int, double>();
                foreach (var way in cluster.From(node))
                    border[label[way.To]] = border.GetValueOrDefault(label[way.To]) + way.Border;
                var own = label[node];
                if (border.Count < 2)
                    continue;
                var (other, length) = border.Where(entry => entry.Key != own).MaxBy(entry => entry.Value);
                if (length <= 1.12 * border.GetValueOrDefault(own) || label.Count(part => part == own) < 3)
                    continue;
                label[node] = other;
                if (cluster.Components(label, own).Count > 1)
                    label[node] = own;
            }
        }
    }
}
