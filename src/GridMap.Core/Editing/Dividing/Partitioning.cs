using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing.Dividing;

/// <summary>
/// Parts of a graph of atoms: of like weight, each in one piece, with short borders. Recursive bisection from several directions, each then bettered
/// by moving single atoms across borders; the best is taken. Not thread safe.
/// </summary>
internal sealed class Partitioning
{
    private const int Directions = 12;
    private const int Rounds = 200;

    // A part that is off by a tenth costs as much as borders longer by a tenth of what bisection needs.
    private const double BalanceWeight = 40;

    private readonly Atoms atoms;
    private readonly int parts;
    private readonly Random random;
    private readonly double ideal;
    private double borderScale = 1;

    public Partitioning(Atoms atoms, int parts, int seed)
    {
        (this.atoms, this.parts, random) = (atoms, parts, new Random(seed));
        ideal = atoms.TotalWeight / parts;
    }

    /// <summary>By atom: its part, from 0 on.</summary>
    public int[] Best()
    {
        int[]? best = null;
        var bestCost = double.MaxValue;
        var turn = random.NextDouble() * Math.PI;
        for (var direction = 0; direction < Directions; direction++)
        {
            var zones = new int[atoms.Count];
            Bisect(zones, [.. Enumerable.Range(0, atoms.Count)], 0, parts, turn + direction * Math.PI / Directions);
            if (best is null)
                borderScale = Math.Max(1, Border(zones));
            Better(zones);
            var cost = Cost(zones);
            if (cost >= bestCost)
                continue;
            (best, bestCost) = (zones, cost);
        }
        return best!;
    }

    /// <summary>Grows one side from its end, nearest first, until it has its share of the weight, and takes the rest as the other.</summary>
    private void Bisect(int[] zones, List<int> among, int first, int count, double angle)
    {
        if (count == 1)
        {
            foreach (var atom in among)
                zones[atom] = first;
            return;
        }
        var half = count / 2;
        var inside = among.ToHashSet();
        var (x, y) = Longest(among, angle);
        double Along(int atom) => atoms.Centres[atom].X * x + atoms.Centres[atom].Y * y;
        var target = among.Sum(atoms.WeightOf) * half / count;
        var side = new HashSet<int>();
        var weight = 0.0;
        var open = new PriorityQueue<int, double>();
        var seen = new HashSet<int>();
        // Every side needs as many atoms as it is to have parts.
        while (side.Count < half || (weight < target && inside.Count - side.Count > count - half))
        {
            if (open.Count == 0)
            {
                var start = among.Where(atom => !seen.Contains(atom)).MinBy(Along);
                seen.Add(start);
                open.Enqueue(start, Along(start));
            }
            var next = open.Dequeue();
            if (side.Count >= half && weight + atoms.WeightOf(next) - target > target - weight)
                break;
            side.Add(next);
            weight += atoms.WeightOf(next);
            foreach (var (neighbour, _) in atoms.Neighbours[next])
                if (inside.Contains(neighbour) && seen.Add(neighbour))
                    open.Enqueue(neighbour, Along(neighbour));
        }
        Rejoin(side, inside, half, count);
        Bisect(zones, [.. among.Where(side.Contains)], first, half, angle);
        Bisect(zones, [.. among.Where(atom => !side.Contains(atom))], first + half, count - half, angle);
    }

    /// <summary>What the one side cut off the other's largest piece comes to it.</summary>
    private void Rejoin(HashSet<int> side, HashSet<int> inside, int half, int count)
    {
        var rest = inside.Where(atom => !side.Contains(atom)).ToHashSet();
        var pieces = Pieces(rest).OrderByDescending(piece => piece.Sum(atoms.WeightOf)).ToList();
        foreach (var piece in pieces.Skip(1))
            if (rest.Count - piece.Count >= count - half && piece.Exists(atom => atoms.Neighbours[atom].Exists(neighbour => side.Contains(neighbour.Atom))))
            {
                side.UnionWith(piece);
                rest.ExceptWith(piece);
            }
        foreach (var piece in Pieces(side).OrderByDescending(piece => piece.Sum(atoms.WeightOf)).Skip(1))
            if (side.Count - piece.Count >= half && piece.Exists(atom => atoms.Neighbours[atom].Exists(neighbour => rest.Contains(neighbour.Atom))))
                side.ExceptWith(piece);
    }

    private List<List<int>> Pieces(HashSet<int> among)
    {
        var pieces = new List<List<int>>();
        var seen = new HashSet<int>();
        foreach (var start in among.Order())
        {
            if (!seen.Add(start))
                continue;
            var piece = new List<int> { start };
            for (var i = 0; i < piece.Count; i++)
                foreach (var (neighbour, _) in atoms.Neighbours[piece[i]])
                    if (among.Contains(neighbour) && seen.Add(neighbour))
                        piece.Add(neighbour);
            pieces.Add(piece);
        }
        return pieces;
    }

    /// <summary>The direction in which atoms reach farthest, turned a little.</summary>
    private (double X, double Y) Longest(List<int> among, double angle)
    {
        var box = new Envelope();
        foreach (var atom in among)
            box.ExpandToInclude(atoms.Centres[atom]);
        var (x, y) = (Math.Cos(angle), Math.Sin(angle));
        return Math.Abs(box.Width * x) + Math.Abs(box.Height * y) >= Math.Abs(box.Width * y) + Math.Abs(box.Height * x) ? (x, y) : (-y, x);
    }

    /// <summary>Moves single atoms to neighbouring parts as long as that costs less.</summary>
    private void Better(int[] zones)
    {
        var weights = new double[parts];
        var counts = new int[parts];
        for (var atom = 0; atom < zones.Length; atom++)
        {
            weights[zones[atom]] += atoms.WeightOf(atom);
            counts[zones[atom]]++;
        }
        for (var round = 0; round < Rounds; round++)
        {
            var moved = false;
            foreach (var atom in Shuffled())
            {
                var from = zones[atom];
                var best = (Zone: -1, Gain: 1e-9);
                foreach (var to in atoms.Neighbours[atom].Select(neighbour => zones[neighbour.Atom]).Distinct().Where(zone => zone != from))
                    if (Gain(zones, weights, atom, to) is var gain && gain > best.Gain)
                        best = (to, gain);
                if (best.Zone < 0 || counts[from] == 1 || !StaysWhole(zones, atom))
                    continue;
                weights[from] -= atoms.WeightOf(atom);
                weights[best.Zone] += atoms.WeightOf(atom);
                counts[from]--;
                counts[best.Zone]++;
                zones[atom] = best.Zone;
                moved = true;
            }
            if (!moved)
                return;
        }
    }

    private double Gain(int[] zones, double[] weights, int atom, int to)
    {
        var (from, weight) = (zones[atom], atoms.WeightOf(atom));
        var border = 0.0;
        foreach (var (neighbour, cost) in atoms.Neighbours[atom])
            border += zones[neighbour] == to ? cost : zones[neighbour] == from ? -cost : 0;
        var before = Off(weights[from]) + Off(weights[to]);
        return before - Off(weights[from] - weight) - Off(weights[to] + weight) + border / borderScale;
    }

    private double Off(double weight) => BalanceWeight / parts * Math.Pow(weight / ideal - 1, 2);

    private double Border(int[] zones)
    {
        var sum = 0.0;
        for (var atom = 0; atom < zones.Length; atom++)
            foreach (var (neighbour, cost) in atoms.Neighbours[atom])
                if (neighbour > atom && zones[neighbour] != zones[atom])
                    sum += cost;
        return sum;
    }

    private double Cost(int[] zones)
    {
        var weights = new double[parts];
        for (var atom = 0; atom < zones.Length; atom++)
            weights[zones[atom]] += atoms.WeightOf(atom);
        var apart = Enumerable.Range(0, parts).Sum(zone => Pieces([.. atoms.Where(zones, zone)]).Count - 1);
        return weights.Sum(Off) + Border(zones) / borderScale + apart * 10;
    }

    /// <summary>True when what is left of an atom's part hangs together without it, as it did with it.</summary>
    private bool StaysWhole(int[] zones, int atom)
    {
        var own = atoms.Neighbours[atom].Where(neighbour => zones[neighbour.Atom] == zones[atom]).Select(neighbour => neighbour.Atom).ToList();
        if (own.Count < 2)
            return true;
        var seen = new HashSet<int> { atom, own[0] };
        var open = new Stack<int>([own[0]]);
        while (open.TryPop(out var at))
            foreach (var (neighbour, _) in atoms.Neighbours[at])
                if (zones[neighbour] == zones[atom] && seen.Add(neighbour))
                    open.Push(neighbour);
        return own.TrueForAll(seen.Contains);
    }

    private int[] Shuffled()
    {
        var order = Enumerable.Range(0, atoms.Count).ToArray();
        random.Shuffle(order);
        return order;
    }
}
