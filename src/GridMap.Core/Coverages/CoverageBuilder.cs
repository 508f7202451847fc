using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Precision;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Makes a coverage of polygons as they come in. Stateless and thread safe.</summary>
public static class CoverageBuilder
{
    /// <summary>Builds all levels together.</summary>
    /// <param name="inputs">Grids with unique identities.</param>
    /// <param name="options">Tolerance and rules.</param>
    /// <param name="progress">Told of each stage; may be null.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="ArgumentException">An identity comes twice, or a level is out of range.</exception>
    public static CoverageBuild Build(
        IReadOnlyList<CoverageInput> inputs, CoverageOptions options,
        IProgress<CoverageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var grids = GridList.Of(inputs.Select(input => new CoverageGrid(input.Id, input.Code, input.Level, input.ParentId)), nameof(inputs));
        progress?.Report(new CoverageProgress(CoverageStage.Entering, 0));
        var windings = new WindingTable();
        var table = new EdgeTable(windings);
        var polygons = 0;
        for (var grid = 0; grid < grids.Length; grid++)
        {
            foreach (var polygon in Enter(inputs[grid].Geometry))
            {
                polygons++;
                table.AddRing(LatticeRing.Of(polygon.Shell.IsCCW ? polygon.Shell : (LineString)polygon.Shell.Reverse()), grid);
                foreach (var hole in polygon.Holes)
                    table.AddRing(LatticeRing.Of(hole.IsCCW ? (LineString)hole.Reverse() : hole), grid);
            }
        }
        progress?.Report(new CoverageProgress(CoverageStage.Noding, 0.1));
        var entered = table.Seal();
        var noded = EdgeNoding.Node(entered, windings, cancellationToken);
        progress?.Report(new CoverageProgress(CoverageStage.Tracing, 0.6));
        var claims = new GridClaims(grids, [.. inputs.Select(input => input.Geometry is null)], windings);
        var coverage = CoverageAssembly.Assemble(grids, noded, claims, windings)
            ?? throw new InvalidOperationException("Noded borders do not close.");
        progress?.Report(new CoverageProgress(CoverageStage.Validating, 0.9));
        var defects = CoverageValidator.Validate(coverage, options.Rules);
        return new CoverageBuild(coverage, [], defects, 0, new double[grids.Length], 0,
            new CoverageCounts(polygons, entered.Count, noded.Count, coverage.Faces.Count - 1, 0, 0));
    }

    private static IEnumerable<Polygon> Enter(Geometry? geometry)
    {
        if (geometry is null || geometry.IsEmpty)
            return [];
        var onLattice = GeometryPrecisionReducer.Reduce(geometry.IsValid ? geometry : GeometryFixer.Fix(geometry), Lattice.PrecisionModel);
        return Enumerable.Range(0, onLattice.NumGeometries).Select(onLattice.GetGeometryN).OfType<Polygon>();
    }
}
