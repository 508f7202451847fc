using NetTopologySuite.Geometries;

namespace GridMap.Township.Plane;

/// <summary>A field of numbers over the frame, one a square cell, read bilinearly between the cells' centres.</summary>
internal sealed class Raster
{
    private readonly double[] values;

    public Raster(Envelope frame, double cell, double fill = 0)
    {
        (Frame, Cell) = (frame, cell);
        Width = (int)Math.Ceiling(frame.Width / cell);
        Height = (int)Math.Ceiling(frame.Height / cell);
        values = new double[Width * Height];
        Array.Fill(values, fill);
    }

    public Envelope Frame { get; }

    public double Cell { get; }

    public int Width { get; }

    public int Height { get; }

    public double this[int column, int row]
    {
        get => values[row * Width + column];
        set => values[row * Width + column] = value;
    }

    public Coordinate Centre(int column, int row) => new(Frame.MinX + (column + 0.5) * Cell, Frame.MinY + (row + 0.5) * Cell);

    public (int Column, int Row) CellOf(Coordinate point) => (
        Math.Clamp((int)Math.Floor((point.X - Frame.MinX) / Cell), 0, Width - 1),
        Math.Clamp((int)Math.Floor((point.Y - Frame.MinY) / Cell), 0, Height - 1));

    public double At(Coordinate point)
    {
        var u = Math.Clamp((point.X - Frame.MinX) / Cell - 0.5, 0, Width - 1.001);
        var v = Math.Clamp((point.Y - Frame.MinY) / Cell - 0.5, 0, Height - 1.001);
        var (i, j) = ((int)u, (int)v);
        var (s, t) = (u - i, v - j);
        return (this[i, j] * (1 - s) + this[i + 1, j] * s) * (1 - t) + (this[i, j + 1] * (1 - s) + this[i + 1, j + 1] * s) * t;
    }

    public static Raster Of(Envelope frame, double cell, Func<Coordinate, double> field)
    {
        var raster = new Raster(frame, cell);
        for (var row = 0; row < raster.Height; row++)
        {
            for (var column = 0; column < raster.Width; column++)
                raster[column, row] = field(raster.Centre(column, row));
        }

        return raster;
    }

    /// <summary>Distance in metres to the nearest of the lines, by two chamfer passes (error below 8 %).</summary>
    public static Raster DistanceTo(IEnumerable<Coordinate[]> lines, Envelope frame, double cell)
    {
        var raster = new Raster(frame, cell, 1e6);
        foreach (var line in lines)
            raster.Burn(line);
        for (var row = 0; row < raster.Height; row++)
        {
            for (var column = 0; column < raster.Width; column++)
                raster.Relax(column, row, -1);
        }

        for (var row = raster.Height - 1; row >= 0; row--)
        {
            for (var column = raster.Width - 1; column >= 0; column--)
                raster.Relax(column, row, 1);
        }

        return raster;
    }

    private void Burn(Coordinate[] line)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var steps = (int)Math.Ceiling(line[i].Distance(line[i - 1]) / (Cell / 2));
            for (var k = 0; k <= steps; k++)
            {
                var t = steps == 0 ? 0 : (double)k / steps;
                var x = line[i - 1].X + (line[i].X - line[i - 1].X) * t;
                var y = line[i - 1].Y + (line[i].Y - line[i - 1].Y) * t;
                if (Frame.Contains(x, y))
                {
                    var (column, row) = CellOf(new Coordinate(x, y));
                    this[column, row] = 0;
                }
            }
        }
    }

    private void Relax(int column, int row, int side)
    {
        var best = this[column, row];
        best = Math.Min(best, Near(column + side, row) + Cell);
        best = Math.Min(best, Near(column, row + side) + Cell);
        best = Math.Min(best, Near(column + side, row + side) + Cell * 1.4142);
        best = Math.Min(best, Near(column - side, row + side) + Cell * 1.4142);
        this[column, row] = best;
    }

    private double Near(int column, int row) =>
        column < 0 || row < 0 || column >= Width || row >= Height ? 1e6 : this[column, row];
}
