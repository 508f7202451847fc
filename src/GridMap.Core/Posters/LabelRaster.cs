namespace GridMap.Core.Posters;

/// <summary>
/// Finds room for names in a map: a raster of half millimetres (coarser on large paper, where letters are larger) that knows whose ground each cell is and
/// what is taken already. A name stands wholly on its grid's ground, as far from the borders as it can, and on nothing else. Not thread safe.
/// </summary>
internal sealed class LabelRaster
{
    private const double Finest = 0.5;
    private const short Nobody = -1;

    private static readonly double[] Margins = [3, 2, 1, 0.5];

    private readonly PictureBox box;
    private readonly double cell;
    private readonly int columns;
    private readonly int rows;
    private readonly short[] owners;
    private readonly bool[] taken;
    private readonly LabelRaster? above;
    private readonly Dictionary<short, CellBounds> bounds = [];
    private FreeGround? held;

    /// <param name="box">Of the map.</param>
    /// <param name="letters">How large letters are against those of A4: cells and margins grow with them.</param>
    public LabelRaster(PictureBox box, double letters = 1)
    {
        this.box = box;
        cell = Finest * letters;
        (columns, rows) = ((int)(box.Width / cell), (int)(box.Height / cell));
        owners = new short[columns * rows];
        Array.Fill(owners, Nobody);
        taken = new bool[columns * rows];
    }

    /// <summary>Another division of the same map: what stands there already stands in the way on both.</summary>
    /// <param name="other">The first division.</param>
    public LabelRaster(LabelRaster other)
    {
        (box, cell, columns, rows, taken, above) = (other.box, other.cell, other.columns, other.rows, other.taken, other);
        owners = new short[columns * rows];
        Array.Fill(owners, Nobody);
    }

    /// <summary>Gives the ground within rings to somebody, by the even-odd rule; who comes later has it.</summary>
    public void Own(short owner, IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        held = null;
        var crossings = new List<double>();
        var all = rings.SelectMany(ring => ring).ToList();
        if (all.Count == 0)
            return;
        var known = bounds.GetValueOrDefault(owner, CellBounds.None);
        for (var row = Math.Max(0, Row(all.Min(at => at.Y))); row <= Math.Min(rows - 1, Row(all.Max(at => at.Y))); row++)
        {
            Scan.Across(rings, box.Y + (row + 0.5) * cell, crossings);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var first = Math.Max(0, (int)Math.Ceiling((crossings[i] - box.X) / cell - 0.5));
                var column = first;
                for (; column < columns && box.X + (column + 0.5) * cell < crossings[i + 1]; column++)
                    owners[row * columns + column] = owner;
                if (column > first)
                    known = known.With(first, row, column, row + 1);
            }
        }

        bounds[owner] = known;
    }

    /// <summary>Keeps names out of a place.</summary>
    public void Take(PictureBox place)
    {
        held = null;
        if (above is not null)
            above.held = null;
        for (var row = Row(place.Y); row <= Row(place.Bottom); row++)
        {
            for (var column = Column(place.X); column <= Column(place.Right); column++)
            {
                if (row >= 0 && row < rows && column >= 0 && column < columns)
                    taken[row * columns + column] = true;
            }
        }
    }

    /// <summary>Square millimetres of somebody's ground that are seen.</summary>
    public double Seen(short owner) => owners.Count(one => one == owner) * cell * cell;

    /// <summary>A free place of that size on somebody's ground, taken from then on; null when there is none.</summary>
    /// <param name="owner">Whose ground.</param>
    /// <param name="width">Of the name.</param>
    /// <param name="height">Of the name.</param>
    /// <param name="anchor">What it should be near to when there is a choice; the middle of the ground that is seen without.</param>
    public PictureBox? Place(short owner, double width, double height, (double X, double Y)? anchor = null)
    {
        var free = FreeOf(owner);
        var (middleColumn, middleRow) = anchor is { } point ? ((point.X - box.X) / cell, (point.Y - box.Y) / cell) : (free.MiddleColumn, free.MiddleRow);
        foreach (var margin in Margins.Select(margin => margin * cell / Finest))
        {
            var (across, down) = ((int)Math.Ceiling((width + 2 * margin) / cell), (int)Math.Ceiling((height + 2 * margin) / cell));
            var (best, bestColumn, bestRow) = (double.MaxValue, -1, -1);
            for (var row = free.Top; row + down <= free.Bottom; row++)
            {
                for (var column = free.Left; column + across <= free.Right; column++)
                {
                    if (free.Count(column, row, across, down) < across * down)
                        continue;
                    var (x, y) = (column + across / 2.0 - middleColumn, row + down / 2.0 - middleRow);
                    if (x * x + y * y < best)
                        (best, bestColumn, bestRow) = (x * x + y * y, column, row);
                }
            }

            if (bestColumn >= 0)
            {
                var (x, y) = (box.X + (bestColumn + across / 2.0) * cell, box.Y + (bestRow + down / 2.0) * cell);
                var place = new PictureBox(x - width / 2, y - height / 2, width, height);
                Take(place.Grown(cell));
                return place;
            }
        }

        return null;
    }

    /// <summary>
    /// Where a small mark may stand on somebody's ground when nothing fits wholly: the free cell with most of that ground around it. Null when
    /// none of it is seen and free.
    /// </summary>
    public PictureBox? Spot(short owner, double radius)
    {
        var free = FreeOf(owner);
        var reach = (int)Math.Ceiling(radius / cell);
        var (most, bestColumn, bestRow) = (0, -1, -1);
        for (var row = Math.Max(reach, free.Top); row < Math.Min(rows - reach, free.Bottom); row++)
        {
            for (var column = Math.Max(reach, free.Left); column < Math.Min(columns - reach, free.Right); column++)
            {
                if (owners[row * columns + column] != owner || taken[row * columns + column])
                    continue;
                var count = free.Count(column - reach, row - reach, 2 * reach, 2 * reach);
                if (count > most)
                    (most, bestColumn, bestRow) = (count, column, row);
            }
        }

        if (bestColumn < 0)
            return null;
        var place = new PictureBox(box.X + (bestColumn + 0.5) * cell - radius, box.Y + (bestRow + 0.5) * cell - radius, 2 * radius, 2 * radius);
        Take(place);
        return place;
    }

    /// <summary>The free place of that size nearest to a point, on whosever ground, taken from then on; null when there is none within reach.</summary>
    public PictureBox? Near((double X, double Y) point, double width, double height, double reach)
    {
        var (across, down) = ((int)Math.Ceiling(width / cell) + 1, (int)Math.Ceiling(height / cell) + 1);
        var (left, top, far) = ((int)((point.X - box.X) / cell - across / 2.0), (int)((point.Y - box.Y) / cell - down / 2.0), (int)(reach / cell));
        var (best, bestColumn, bestRow) = (double.MaxValue, -1, -1);
        for (var row = Math.Max(0, top - far); row <= Math.Min(rows - down, top + far); row++)
        {
            for (var column = Math.Max(0, left - far); column <= Math.Min(columns - across, left + far); column++)
            {
                double x = column - left, y = row - top;
                if (x * x + y * y < best && IsFree(column, row, across, down))
                    (best, bestColumn, bestRow) = (x * x + y * y, column, row);
            }
        }

        if (bestColumn < 0)
            return null;
        var place = new PictureBox(box.X + (bestColumn + across / 2.0) * cell - width / 2, box.Y + (bestRow + down / 2.0) * cell - height / 2, width, height);
        Take(place);
        return place;
    }

    /// <summary>Whether a point is somebody's ground.</summary>
    public bool IsOf(short owner, (double X, double Y) point)
    {
        var (row, column) = (Row(point.Y), Column(point.X));
        return row >= 0 && row < rows && column >= 0 && column < columns && owners[row * columns + column] == owner;
    }

    /// <summary>How many square millimetres of a place are somebody's ground.</summary>
    public double Covered(PictureBox place)
    {
        var count = 0;
        for (var row = Math.Max(0, Row(place.Y)); row <= Math.Min(rows - 1, Row(place.Bottom)); row++)
        {
            for (var column = Math.Max(0, Column(place.X)); column <= Math.Min(columns - 1, Column(place.Right)); column++)
                count += owners[row * columns + column] == Nobody ? 0 : 1;
        }

        return count * cell * cell;
    }

    /// <summary>Whether anything stands in a place already.</summary>
    public bool IsTaken(PictureBox place)
    {
        var (left, right) = (Math.Max(0, Column(place.X)), Math.Min(columns - 1, Column(place.Right)));
        var (top, bottom) = (Math.Max(0, Row(place.Y)), Math.Min(rows - 1, Row(place.Bottom)));
        return left <= right && top <= bottom && !IsFree(left, top, right - left + 1, bottom - top + 1);
    }

    private bool IsFree(int column, int row, int across, int down)
    {
        for (var y = row; y < row + down; y++)
        {
            if (taken.AsSpan(y * columns + column, across).Contains(true))
                return false;
        }

        return true;
    }

    private int Row(double y) => (int)Math.Floor((y - box.Y) / cell);

    private int Column(double x) => (int)Math.Floor((x - box.X) / cell);

    // What it finds is good until the next place is taken: a name that does not fit asks at many sizes, and is answered from one.
    private FreeGround FreeOf(short owner)
    {
        if (held?.Owner != owner)
            held = new FreeGround(owner, owners, taken, columns, bounds.GetValueOrDefault(owner, CellBounds.None));
        return held;
    }

    /// <summary>Somebody's free cells, summed up within the box around them, so that those of any rectangle are four look-ups.</summary>
    private sealed class FreeGround
    {
        private readonly int[] sums;
        private readonly int stride;

        public FreeGround(short owner, short[] owners, bool[] taken, int columns, CellBounds around)
        {
            Owner = owner;
            (Left, Top, Right, Bottom) = around;
            var (sumColumn, sumRow, count) = (0L, 0L, 0);
            for (var row = Top; row < Bottom; row++)
            {
                for (var column = Left; column < Right; column++)
                {
                    if (owners[row * columns + column] == owner)
                        (sumColumn, sumRow, count) = (sumColumn + column, sumRow + row, count + 1);
                }
            }

            (MiddleColumn, MiddleRow) = count == 0 ? (0, 0) : ((double)sumColumn / count, (double)sumRow / count);
            stride = Math.Max(0, Right - Left) + 1;
            sums = new int[stride * (Math.Max(0, Bottom - Top) + 1)];
            for (var row = Top; row < Bottom; row++)
            {
                var line = 0;
                for (var column = Left; column < Right; column++)
                {
                    var at = row * columns + column;
                    if (owners[at] == owner && !taken[at])
                        line++;
                    var here = (row - Top + 1) * stride + column - Left + 1;
                    sums[here] = sums[here - stride] + line;
                }
            }
        }

        public short Owner { get; }

        public int Left { get; }

        public int Top { get; }

        public int Right { get; }

        public int Bottom { get; }

        public double MiddleColumn { get; }

        public double MiddleRow { get; }

        /// <summary>How many cells of a rectangle are free, what lies outside the box not counted.</summary>
        public int Count(int column, int row, int across, int down)
        {
            var (left, right) = (Math.Clamp(column, Left, Right) - Left, Math.Clamp(column + across, Left, Right) - Left);
            var (top, bottom) = ((Math.Clamp(row, Top, Bottom) - Top) * stride, (Math.Clamp(row + down, Top, Bottom) - Top) * stride);
            return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
        }
    }

    /// <summary>Where somebody's cells are: columns and rows from the first up to, not including, the second. An immutable value.</summary>
    private readonly record struct CellBounds(int Left, int Top, int Right, int Bottom)
    {
        public static CellBounds None { get; } = new(1 << 20, 1 << 20, 0, 0);

        public CellBounds With(int left, int top, int right, int bottom) =>
            new(Math.Min(Left, left), Math.Min(Top, top), Math.Max(Right, right), Math.Max(Bottom, bottom));
    }
}
