using System.Numerics;
using System.Runtime.InteropServices;

namespace GridMap.Core.Tiles;

/// <summary>
/// The edges of simplified arcs that touch one tile's square, in runs of one arc: the tile units in which their points lie, and which of these
/// snap rounding need not look at. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class ArcRuns
{
    private const int MaskBits = 32;

    private readonly List<int> found = [];
    private TilePoint[] units = [];
    private bool[] areAlone = [];

    // By point, its place among those of all arcs.
    private int[] sources = [];
    private ArcRun[] runs = new ArcRun[16];
    private int count;
    private int runCount;
    private readonly List<int> bent = [];
    private MercatorPoint corner;

    public SimplifiedArcs Arcs { get; private set; } = null!;

    public ReadOnlySpan<TilePoint> Units => units.AsSpan(0, count);

    /// <summary>By point, whether it is left alone (<see cref="CrowdedPoints"/>) and away from the sides of tiles.</summary>
    public ReadOnlySpan<bool> AreAlone => areAlone.AsSpan(0, count);

    public ReadOnlySpan<ArcRun> Runs => runs.AsSpan(0, runCount);

    /// <summary>The numbers of those runs that are not alone.</summary>
    public ReadOnlySpan<int> Bent => CollectionsMarshal.AsSpan(bent);

    /// <summary>A point in fine units from the square's corner.</summary>
    public MercatorPoint Point(int i) => new(Arcs.Points[sources[i]].X - corner.X, Arcs.Points[sources[i]].Y - corner.Y);

    public void Collect(SimplifiedArcs arcs, TileSquare square)
    {
        (count, runCount, corner, Arcs) = (0, 0, square.Corner, arcs);
        bent.Clear();
        arcs.Find(square.Reach, found);
        var z = square.Scale.Z;

        // Pieces of one arc follow each other: they are walked from the point that the zoom needs before them to the one behind, no edge twice.
        for (int i = 0, next; i < found.Count; i = next)
        {
            var (arc, first, last) = arcs.Piece(found[i]);
            next = i + 1;
            if (first > 0 || last < arcs.Full(arc).Length - 1)
                next = Extend(arcs, z, arc, next, ref first, ref last);
            Add(arcs, square, arc, first, last);
        }
    }

    private int Extend(SimplifiedArcs arcs, int z, int arc, int next, ref int first, ref int last)
    {
        var lastZooms = arcs.LastZooms(arc);
        while (lastZooms[first] >= z)
            first--;
        while (true)
        {
            while (lastZooms[last] >= z)
                last++;
            if (next == found.Count || arcs.Piece(found[next]) is var piece && (piece.Arc != arc || piece.First > last))
                return next;
            last = Math.Max(last, piece.Last);
            next++;
        }
    }

    private void Add(SimplifiedArcs arcs, TileSquare square, int arc, int first, int last)
    {
        MakeRoom(last - first + 1);
        var (z, shift, arcStart, start, end) = (square.Scale.Z, square.Scale.Shift, arcs[arc].Start, count, count);
        var (west, north) = (corner.X - (square.Scale.Unit >> 1), corner.Y - (square.Scale.Unit >> 1));
        bool areAllInner = true, areAllAlone = true;
        for (var from = first; from <= last; from += MaskBits)
        {
            var (needed, alone) = arcs.MasksAt(z, arcStart + from);
            if (last - from + 1 < MaskBits)
                needed &= (1u << (last - from + 1)) - 1;
            for (; needed != 0; needed &= needed - 1)
            {
                var source = arcStart + from + BitOperations.TrailingZeroCount(needed);
                var point = arcs.Points[source];
                var unit = new TilePoint((int)((point.X - west) >> shift), (int)((point.Y - north) >> shift));
                var isInner = TileSquare.IsInner(unit);
                var isAlone = isInner & (needed & (~needed + 1) & alone) != 0;
                (units[end], sources[end], areAlone[end]) = (unit, source, isAlone);
                areAllInner &= isInner;
                areAllAlone &= isAlone;
                end++;
            }
        }

        count = end;
        if (areAllInner)
            Close(arc, start, areAllAlone);
        else
            Split(arc, start);
    }

    private void MakeRoom(int more)
    {
        if (units.Length >= count + more)
            return;
        Array.Resize(ref units, 2 * (count + more));
        Array.Resize(ref sources, units.Length);
        Array.Resize(ref areAlone, units.Length);
    }

    /// <summary>Leaves out the edges that do not touch the square.</summary>
    private void Split(int arc, int from)
    {
        var end = count;
        var (start, previousBeyond) = (from, 0);
        count = from;
        for (var i = from; i < end; i++)
        {
            var beyond = Beyond(units[i]);
            if ((beyond & previousBeyond) != 0)
            {
                Close(arc, start, isAlone: false);
                start = count;
            }

            (units[count], sources[count], areAlone[count]) = (units[i], sources[i], areAlone[i]);
            count++;
            previousBeyond = beyond;
        }

        Close(arc, start, isAlone: false);
    }

    private void Close(int arc, int start, bool isAlone)
    {
        if (count - start < 2)
        {
            count = start;
            return;
        }

        if (runCount == runs.Length)
            Array.Resize(ref runs, 2 * runCount);
        ref readonly var of = ref Arcs[arc];
        var (startsAtFork, endsAtFork) = (sources[start] == of.Start, sources[count - 1] == of.Start + of.Length - 1);
        isAlone &= startsAtFork & endsAtFork;
        if (!isAlone)
            bent.Add(runCount);
        runs[runCount++] = new ArcRun(arc, start, count, startsAtFork, endsAtFork, isAlone);
    }

    // Beyond which sides of the square a unit lies, a bit each. An edge with both ends beyond one side does not touch the square.
    private static int Beyond(TilePoint unit) =>
        (int)((uint)unit.X >> 31 | (uint)(TileSquare.Side - unit.X) >> 31 << 1 | (uint)unit.Y >> 31 << 2 | (uint)(TileSquare.Side - unit.Y) >> 31 << 3);
}

/// <summary>A run of edges of one arc. An immutable value.</summary>
/// <param name="Arc">The arc.</param>
/// <param name="Start">Its first point.</param>
/// <param name="End">The place behind its last one.</param>
/// <param name="StartsAtFork">Whether the arc starts there.</param>
/// <param name="EndsAtFork">Whether the arc ends there.</param>
/// <param name="IsAlone">Whether it is a whole arc and all of its points are alone.</param>
internal readonly record struct ArcRun(int Arc, int Start, int End, bool StartsAtFork, bool EndsAtFork, bool IsAlone);
