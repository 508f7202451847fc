namespace GridMap.Core.Tiles;

/// <summary>
/// Puts the simplified arcs of one tile's square on whole tile units so that they still do not cross: every line that passes through a unit
/// square in which some point lies bends to the square's centre (snap rounding, after Hobby 1999). No point of a line moves by more
/// than half a unit in X or Y, so wherever a bent line meets a centre the line itself met that centre's square: lines may come to lie
/// on each other, vertex for vertex, but not to cross, and no vertex lies within another's edge. Lines also get a vertex where they
/// meet the sides of buffered tiles, so a tile is cut out at vertices and never moves one. Which units of the square a line bends
/// to depends on the lines that touch the square alone, exactly: so what two tiles share is the same in both.
/// Points that <see cref="CrowdedPoints"/> leaves alone need none of this: they only get numbers. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class SnapRounding
{
    private readonly List<int> crossed = [];
    private int[] visits = new int[64];
    private RoundedRun[] runs = new RoundedRun[16];

    // By fork that is alone, its pixel in this tile; those that have one.
    private int[] pixelsOfForks = [];
    private readonly List<int> forks = [];
    private int count;
    private int runCount;
    private int open;

    public HotPixels Pixels { get; } = new();

    /// <summary>The pixels that the lines visit, one run after the other, no two equal ones in a row.</summary>
    public ReadOnlySpan<int> Visits => visits.AsSpan(0, count);

    /// <summary>Two or more visits in the square each.</summary>
    public ReadOnlySpan<RoundedRun> Runs => runs.AsSpan(0, runCount);

    public void Round(ArcRuns arcs, TileScale scale)
    {
        var numbers = AddHot(arcs, scale);
        (count, runCount) = (0, 0);
        ForgetForks(arcs.Arcs.ForkCount);
        foreach (var run in arcs.Runs)
        {
            open = count;
            if (run.IsAlone)
                AddAlone(arcs, run);
            else
                AddBent(arcs, run, scale, ref numbers);
        }
    }

    /// <summary>Adds a visit behind all others, and returns its place.</summary>
    public int AddVisit(int pixel)
    {
        if (count == visits.Length)
            Array.Resize(ref visits, 2 * count);
        visits[count] = pixel;
        return count++;
    }

    private void AddAlone(ArcRuns arcs, ArcRun run)
    {
        ref readonly var arc = ref arcs.Arcs[run.Arc];
        var units = arcs.Units;
        if (count + run.End - run.Start > visits.Length)
            Array.Resize(ref visits, 2 * (count + run.End - run.Start));
        visits[count++] = PixelOf(arc.FromFork, units[run.Start]);
        foreach (var unit in units[(run.Start + 1)..(run.End - 1)])
            visits[count++] = Pixels.Append(unit);
        visits[count++] = PixelOf(arc.ToFork, units[run.End - 1]);
        Close(run.Arc, isAlone: true);
    }

    // Takes the numbers of the points that are not alone, in their order.
    private void AddBent(ArcRuns arcs, ArcRun run, TileScale scale, ref ReadOnlySpan<int> numbers)
    {
        var units = arcs.Units;
        var areAlone = arcs.AreAlone;
        var first = Number(arcs, run, run.Start, ref numbers);
        if (first != HotPixels.Outside)
            AddVisit(first);
        for (var i = run.Start + 1; i < run.End; i++)
        {
            var number = Number(arcs, run, i, ref numbers);
            if (units[i - 1] != units[i])
            {
                if (!areAlone[i - 1] || !TileSquare.IsInner(units[i]))
                    AddCrossed(arcs, i, scale);
                if (number != HotPixels.Outside)
                    AddVisit(number);
                else
                    Close(run.Arc, isAlone: false); // a straight line that has left the square does not come back
            }
        }

        Close(run.Arc, isAlone: false);
    }

    private int Number(ArcRuns arcs, ArcRun run, int i, ref ReadOnlySpan<int> numbers)
    {
        if (!arcs.AreAlone[i])
        {
            var number = numbers[0];
            numbers = numbers[1..];
            return number;
        }

        if (i == run.Start && run.StartsAtFork)
            return PixelOf(arcs.Arcs[run.Arc].FromFork, arcs.Units[i]);
        return i == run.End - 1 && run.EndsAtFork ? PixelOf(arcs.Arcs[run.Arc].ToFork, arcs.Units[i]) : Pixels.Append(arcs.Units[i]);
    }

    private void AddCrossed(ArcRuns arcs, int i, TileScale scale)
    {
        var units = arcs.Units;
        crossed.Clear();
        Pixels.AddCrossed(scale, arcs.Point(i - 1), arcs.Point(i), units[i - 1], units[i], crossed);
        if (crossed.Count > 0)
            AddAlong(units[i - 1], units[i]);
    }

    private int PixelOf(int fork, TilePoint unit)
    {
        if (pixelsOfForks[fork] == HotPixels.Outside)
        {
            pixelsOfForks[fork] = Pixels.Append(unit);
            forks.Add(fork);
        }

        return pixelsOfForks[fork];
    }

    private void ForgetForks(int forkCount)
    {
        foreach (var fork in forks)
            pixelsOfForks[fork] = HotPixels.Outside;
        forks.Clear();
        if (pixelsOfForks.Length < forkCount)
        {
            pixelsOfForks = new int[forkCount];
            Array.Fill(pixelsOfForks, HotPixels.Outside);
        }
    }

    // In the order of the points that are not alone, their pixels.
    private ReadOnlySpan<int> AddHot(ArcRuns arcs, TileScale scale)
    {
        Pixels.Clear();
        var units = arcs.Units;
        var areAlone = arcs.AreAlone;
        foreach (var number in arcs.Bent)
        {
            ref readonly var run = ref arcs.Runs[number];
            for (var i = run.Start; i < run.End; i++)
            {
                if (!areAlone[i])
                    Pixels.Add(units[i]);
            }
        }

        foreach (var number in arcs.Bent)
        {
            ref readonly var run = ref arcs.Runs[number];
            for (var i = run.Start + 1; i < run.End; i++)
            {
                if (!TileSquare.IsInner(units[i - 1]) || !TileSquare.IsInner(units[i]))
                    TileCuts.Add(arcs.Point(i - 1), arcs.Point(i), units[i - 1], units[i], scale, Pixels);
            }
        }

        return Pixels.Seal(units.Length);
    }

    // Along a straight line the pixels' columns and rows rise or fall together, so their sum orders them without any rounding.
    private void AddAlong(TilePoint from, TilePoint to)
    {
        if (crossed.Count > 1)
        {
            int right = Math.Sign(to.X - from.X), down = Math.Sign(to.Y - from.Y);
            crossed.Sort((one, other) => Along(Pixels[one]).CompareTo(Along(Pixels[other])));

            int Along(TilePoint pixel) => right * pixel.X + down * pixel.Y;
        }

        foreach (var pixel in crossed)
            AddVisit(pixel);
    }

    private void Close(int arc, bool isAlone)
    {
        if (count - open > 1)
        {
            if (runCount == runs.Length)
                Array.Resize(ref runs, 2 * runCount);
            runs[runCount++] = new RoundedRun(arc, open, count, isAlone);
        }
        else
        {
            count = open;
        }

        open = count;
    }
}

/// <summary>A rounded run of edges of one arc. An immutable value.</summary>
/// <param name="Arc">The arc.</param>
/// <param name="Start">Its first visit.</param>
/// <param name="End">The place behind its last one.</param>
/// <param name="IsAlone">Whether nothing else visits the pixels between its ends.</param>
internal readonly record struct RoundedRun(int Arc, int Start, int End, bool IsAlone);
