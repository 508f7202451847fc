using GridMap.Core.Coordinates;

namespace GridMap.Bench.Territories;

/// <summary>
/// The border lines of a generated territory: between neighbouring corners a line of <see cref="Pieces"/> edges by midpoint
/// displacement, the same from both sides. Corners move by less than a seventh of a grid and lines bend by less than 20 degrees, so no two
/// lines cross. Thread safe.
/// </summary>
internal sealed class TerritoryBorders(TerritoryPlan plan)
{
    /// <summary>Edges of one side of an innermost grid.</summary>
    public const int Pieces = 8;

    private const int IslandCorners = 12;
    private const double Jitter = 0.14, Bend = 0.055, IslandRadius = 0.14;

    // The share by which the middle of the territory is denser than even.
    private const double Density = 0.6;

    /// <summary>The outline of a block of innermost grids, counter-clockwise, without the closing point.</summary>
    public List<LatticePoint> Outline((int Column, int Row, int EndColumn, int EndRow) block)
    {
        var points = new List<LatticePoint>();
        for (var c = block.Column; c < block.EndColumn; c++)
            points.AddRange(Line(c, block.Row, eastward: true)[..^1]);
        for (var r = block.Row; r < block.EndRow; r++)
            points.AddRange(Line(block.EndColumn, r, eastward: false)[..^1]);
        for (var c = block.EndColumn - 1; c >= block.Column; c--)
            points.AddRange(Line(c, block.EndRow, eastward: true).Reverse().SkipLast(1));
        for (var r = block.EndRow - 1; r >= block.Row; r--)
            points.AddRange(Line(block.Column, r, eastward: false).Reverse().SkipLast(1));
        return points;
    }

    /// <summary>The outline of the special grid in the middle of an innermost grid, counter-clockwise, without the closing point.</summary>
    public List<LatticePoint> Island(int column, int row) =>
        [.. Enumerable.Range(0, IslandCorners).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / IslandCorners);
            var radius = IslandRadius * (1 - 0.4 * Noise.Of(column, row, 100 + i));
            return Place(column + 0.5 + radius * cos, row + 0.5 + radius * sin);
        })];

    /// <summary>The line from a corner to the next one east or north.</summary>
    private LatticePoint[] Line(int column, int row, bool eastward)
    {
        var line = new (double X, double Y)[Pieces + 1];
        line[0] = Corner(column, row);
        line[Pieces] = eastward ? Corner(column + 1, row) : Corner(column, row + 1);
        for (int step = Pieces, depth = 0; step > 1; step /= 2, depth++)
        {
            for (var i = step / 2; i < Pieces; i += step)
            {
                var (from, to) = (line[i - step / 2], line[i + step / 2]);
                var bend = Noise.Around(column, row, (eastward ? 10 : 30) + i, Bend / (1 << depth));
                line[i] = ((from.X + to.X) / 2 + (eastward ? 0 : bend), (from.Y + to.Y) / 2 + (eastward ? bend : 0));
            }
        }
        return Array.ConvertAll(line, point => Place(point.X, point.Y));
    }

    private static (double X, double Y) Corner(int column, int row) =>
        (column + Noise.Around(column, row, 3, Jitter), row + Noise.Around(column, row, 4, Jitter));

    /// <summary>From grids counted to degrees; the scale is finest in the middle. It bends both axes alone, so that what does not cross before does not after.</summary>
    private LatticePoint Place(double x, double y) => LatticePoint.FromDegrees(
        plan.Lon + plan.Degrees * Warped(x / plan.Columns), plan.Lat + plan.Degrees * Warped(y / plan.Rows));

    private static double Warped(double share) => share + Density * Math.Sin(2 * Math.PI * share) / (2 * Math.PI);
}
