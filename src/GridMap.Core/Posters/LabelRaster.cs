namespace GridMap.Core.Posters;

/// <summary>
/// Finds room for names in a map: a raster of half millimetres that knows whose ground each cell is and what is taken already. A name
/// stands wholly on its grid's ground, as far from the borders as it can, and on nothing else. Not thread safe.
/// </summary>
internal sealed class LabelRaster
{
    private const double Cell = 0.5;
    private const short Nobody = -1;

    private static readonly double[] Margins = [3, 2, 1, 0.5];

    private readonly PictureBox box;
    private readonly int columns;
    private readonly int rows;
    private readonly short[] owners;
    private readonly bool[] taken;
    private FreeGround? held;

    public LabelRaster(PictureBox box)
    {
        this.box = box;
        (columns, rows) = ((int)(box.Width / Cell), (int)(box.Height / Cell));
        owners = new short[columns * rows];
        Array.Fill(owners, Nobody);
        taken = new bool[columns * rows];
    }

    /// <summary>Gives the ground within rings to somebody, by the even-odd rule; who comes later has it.</summary>
    public void Own(short owner, IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        held = null;
        var crossings = new List<double>();
        for (var row = 0; row < rows; row++)
        {
            var y = box.Y + (row + 0.5) * Cell;
            crossings.Clear();
            foreach (var ring in rings)
            {
                for (var i = 0; i < ring.Count; i++)
                {
                    var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
                    if (a.Y <= y != b.Y <= y)
                        crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
                }
            }

            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var first = Math.Max(0, (int)Math.Ceiling((crossings[i] - box.X) / Cell - 0.5));
                for (var column = first; column < columns && box.X + (column + 0.5) * Cell < crossings[i + 1]; column++)
                    owners[row * columns + column] = owner;
            }
        }
    }

    /// <summary>Keeps names out of a place.</summary>
    public void Take(PictureBox place)
    {
        held = null;
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
    public double Seen(short owner) => owners.Count(one => one == owner) * Cell * Cell;

    /// <summary>A free place of that size on somebody's ground, taken from then on; null when there is none.</summary>
    public PictureBox? Place(short owner, double width, double height)
    {
        var free = FreeOf(owner);
        foreach (var margin in Margins)
        {
            var (across, down) = ((int)Math.Ceiling((width + 2 * margin) / Cell), (int)Math.Ceiling((height + 2 * margin) / Cell));
            var (best, bestColumn, bestRow) = (double.MaxValue, -1, -1);
            for (var row = free.Top; row + down <= free.Bottom; row++)
            {
                for (var column = free.Left; column + across <= free.Right; column++)
                {
                    if (free.Count(column, row, across, down) < across * down)
                        continue;
                    var (x, y) = (column + across / 2.0 - free.MiddleColumn, row + down / 2.0 - free.MiddleRow);
                    if (x * x + y * y < best)
                        (best, bestColumn, bestRow) = (x * x + y * y, column, row);
                }
            }

            if (bestColumn >= 0)
            {
                var (x, y) = (box.X + (bestColumn + across / 2.0) * Cell, box.Y + (bestRow + down / 2.0) * Cell);
                var place = new PictureBox(x - width / 2, y - height / 2, width, height);
                Take(place.Grown(0.5));
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
        var reach = (int)Math.Ceiling(radius / Cell);
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
        var place = new PictureBox(box.X + (bestColumn + 0.5) * Cell - radius, box.Y + (bestRow + 0.5) * Cell - radius, 2 * radius, 2 * radius);
        Take(place);
        return place;
    }

    private int Row(double y) => (int)Math.Floor((y - box.Y) / Cell);

    private int Column(double x) => (int)Math.Floor((x - box.X) / Cell);

    // What it finds is good until the next place is taken: a name that does not fit asks at many sizes, and is answered from one.
    private FreeGround FreeOf(short owner)
    {
        if (held?.Owner != owner)
            held = new FreeGround(owner, owners, taken, columns, rows);
        return held;
    }

    /// <summary>Somebody's free cells, summed up within the box around them, so that those of any rectangle are four look-ups.</summary>
    private sealed class FreeGround
    {
        private readonly int[] sums;
        private readonly int stride;

        public FreeGround(short owner, short[] owners, bool[] taken, int columns, int rows)
        {
            Owner = owner;
            (Left, Top, Right, Bottom) = (columns, rows, 0, 0);
            var (sumColumn, sumRow, count) = (0L, 0L, 0);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    if (owners[row * columns + column] != owner)
                        continue;
                    (sumColumn, sumRow, count) = (sumColumn + column, sumRow + row, count + 1);
                    (Left, Top, Right, Bottom) = (Math.Min(Left, column), Math.Min(Top, row), Math.Max(Right, column + 1), Math.Max(Bottom, row + 1));
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
}
