using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace GridMap.Bench.Territories;

/// <summary>
/// A generated territory of four nested levels, the same for the same plan: quadrilaterals with jittered corners and fractal
/// sides, dense in the middle and wide at the rim (areas differ by 16 : 1). One innermost grid in 20 has a special grid carved
/// out of it, one in 50 is missing, so that its parent has a remainder. Borders match vertex for vertex at all levels.
/// </summary>
public sealed class Territory
{
    private static readonly GeometryFactory Factory = new(Lattice.PrecisionModel, Lattice.Srid, PackedCoordinateSequenceFactory.DoubleFactory);

    private readonly TerritoryPlan plan;
    private readonly TerritoryBorders borders;
    private readonly List<GridShape> grids = [];

    private Territory(TerritoryPlan plan)
    {
        this.plan = plan;
        borders = new TerritoryBorders(plan);
    }

    /// <summary>Grids of all levels, outermost first, with ids 1, 2, 3 …; polygons on the lattice.</summary>
    public static IReadOnlyList<GridShape> Create(TerritoryPlan plan)
    {
        var territory = new Territory(plan);
        territory.AddLevels(level: 1, parent: null, code: "", (0, 0, plan.Columns, plan.Rows));
        return territory.grids.OrderBy(grid => grid.Level).ThenBy(grid => grid.Code, StringComparer.Ordinal).ToArray();
    }

    private void AddLevels(int level, long? parent, string code, (int Column, int Row, int EndColumn, int EndRow) within)
    {
        var (columns, rows) = plan.BlockOf(level);
        var number = 0;
        for (var row = within.Row; row < within.EndRow; row += rows)
        {
            for (var column = within.Column; column < within.EndColumn; column += columns)
            {
                var block = (column, row, Math.Min(column + columns, within.EndColumn), Math.Min(row + rows, within.EndRow));
                var own = $"{code}{++number:000}";
                if (level == TerritoryPlan.Levels)
                    AddInnermost(parent, own, column, row);
                else
                    AddLevels(level + 1, Add(own, level, parent, Factory.CreatePolygon(Ring(borders.Outline(block)))), own, block);
            }
        }
    }

    private void AddInnermost(long? parent, string code, int column, int row)
    {
        if (plan.IsMissing(column, row))
            return;
        var outline = Ring(borders.Outline((column, row, column + 1, row + 1)));
        if (!plan.IsCarved(column, row))
        {
            Add(code, TerritoryPlan.Levels, parent, Factory.CreatePolygon(outline));
            return;
        }
        var island = borders.Island(column, row);
        Add($"{code}s", TerritoryPlan.Levels, parent, Factory.CreatePolygon(Ring(island)));
        Add(code, TerritoryPlan.Levels, parent, Factory.CreatePolygon(outline, [Ring(island.AsEnumerable().Reverse())]));
    }

    private long Add(string code, int level, long? parent, Polygon polygon)
    {
        grids.Add(new GridShape(grids.Count + 1, code, level, parent, Factory.CreateMultiPolygon([polygon])));
        return grids.Count;
    }

    /// <summary>A closed ring that begins at its smallest point, as the canonical form has it.</summary>
    private static LinearRing Ring(IEnumerable<LatticePoint> points)
    {
        var open = points.ToArray();
        var first = Array.IndexOf(open, open.Min());
        var ordinates = new double[2 * open.Length + 2];
        for (var i = 0; i <= open.Length; i++)
        {
            var point = open[(first + i) % open.Length].ToLonLat();
            (ordinates[2 * i], ordinates[2 * i + 1]) = (point.Lon, point.Lat);
        }
        return Factory.CreateLinearRing(new PackedDoubleCoordinateSequence(ordinates, dimension: 2, measures: 0));
    }
}
