using System.Runtime.InteropServices;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>Looks for what is wrong with a coverage. Stateless and thread safe.</summary>
public static class CoverageValidator
{
    /// <summary>
    /// All geometric defects, grids without a parent or without area, and codes that come twice. The kinds that need more than the
    /// coverage (<see cref="DefectKind.NobodyResponsible"/>, <see cref="DefectKind.HouseholdsOutOfRange"/>) are found elsewhere.
    /// </summary>
    /// <param name="coverage">Any coverage.</param>
    /// <param name="rules">What counts, and what blocks.</param>
    /// <returns>Outer levels first, within a level by kind.</returns>
    public static IReadOnlyList<Defect> Validate(Coverage coverage, DefectRules rules)
    {
        var validation = new Validation(coverage, rules);
        validation.FindDuplicateCodes();
        for (var level = 1; level <= CoverageGrid.MaxLevel; level++)
        {
            validation.FindOverlaps(level);
            validation.FindOverhangs(level);
            validation.FindGaps(level);
        }
        for (var grid = 0; grid < coverage.Grids.Count; grid++)
            validation.LookAtParts(grid);
        return [.. validation.Defects.OrderBy(defect => defect.Level ?? 0).ThenBy(defect => defect.Kind)];
    }

    private sealed class Validation
    {
        private readonly Coverage coverage;
        private readonly ArcMap map;
        private readonly DefectRules rules;
        private readonly GridHierarchy hierarchy;
        private readonly RegionTracing tracing;

        public Validation(Coverage coverage, DefectRules rules)
        {
            this.coverage = coverage;
            this.rules = rules;
            map = coverage.Map;
            hierarchy = new GridHierarchy([.. coverage.Grids]);
            tracing = new RegionTracing(map);
        }

        public List<Defect> Defects { get; } = [];

        public void FindDuplicateCodes()
        {
            foreach (var same in Enumerable.Range(0, coverage.Grids.Count).GroupBy(grid => coverage.Grids[grid].Code).Where(same => same.Count() > 1))
            {
                int[] faces = [.. same.SelectMany(grid => coverage.FacesOf(grid).ToArray()).Distinct()];
                Add(DefectKind.DuplicateCode, null, same, tracing.Polygon(faces), new Measure(same.Count(), MeasureUnit.Count));
            }
        }

        /// <summary>Faces that the same grids claim together, piece by piece.</summary>
        public void FindOverlaps(int level)
        {
            var contested = new Dictionary<string, List<int>>();
            for (var face = 1; face < coverage.Faces.Count; face++)
            {
                var claims = coverage.Faces[face].ClaimsAt(level);
                if (claims.Length < 2)
                    continue;
                ref var faces = ref CollectionsMarshal.GetValueRefOrAddDefault(contested, string.Join(' ', claims.ToArray()), out _);
                (faces ??= []).Add(face);
            }
            foreach (var faces in contested.Values)
                AddPieces(DefectKind.Overlap, level, faces, coverage.Faces[faces[0]].ClaimsAt(level).ToArray());
        }

        /// <summary>Where a grid reaches beyond its parent, piece by piece; of an orphan all of it.</summary>
        public void FindOverhangs(int level)
        {
            for (var grid = 0; grid < coverage.Grids.Count; grid++)
            {
                if (coverage.Grids[grid].Level != level)
                    continue;
                var parent = hierarchy.ParentOf(grid);
                if (parent < 0)
                {
                    if (hierarchy.IsOrphan(grid))
                        AddArea(DefectKind.ChildOutsideParent, level, coverage.FacesOf(grid), [grid]);
                    continue;
                }
                var outside = new List<int>();
                foreach (var face in coverage.FacesOf(grid))
                    if (!coverage.Faces[face].IsClaimedBy(parent))
                        outside.Add(face);
                AddPieces(DefectKind.ChildOutsideParent, level, outside, [grid, parent]);
            }
        }

        public void FindGaps(int level)
        {
            for (var face = 1; face < coverage.Faces.Count; face++)
                if (hierarchy.Judge(coverage.Faces[face].Claims) == (ClaimFault.Gap, level))
                    AddArea(DefectKind.Gap, level, [face], Around(face, level));
        }

        /// <summary>Parts apart, parts that are slivers, and grids that have no part at all.</summary>
        public void LookAtParts(int grid)
        {
            var level = coverage.Grids[grid].Level;
            var faces = coverage.FacesOf(grid);
            if (faces.IsEmpty)
            {
                Add(DefectKind.InvalidRing, level, [grid], Lattice.Factory.CreateMultiPolygon(), null);
                return;
            }
            var parts = tracing.Pieces(faces);
            foreach (var part in parts)
            {
                var measure = tracing.Measure(CollectionsMarshal.AsSpan(part));
                if (rules.IsSliver(measure.SquareMetres, measure.WidthMetres))
                    AddArea(DefectKind.Sliver, level, CollectionsMarshal.AsSpan(part), [grid]);
            }
            if (parts.Count > 1)
                Add(DefectKind.PartApart, level, [grid], tracing.Polygon(faces), new Measure(parts.Count, MeasureUnit.Count));
        }

        /// <summary>The grids around a gap, the longest border first; within a parent, the parent before its children.</summary>
        private List<int> Around(int face, int level)
        {
            var metres = new Dictionary<int, double>();
            foreach (var half in map.Borders.Of(face))
                if (coverage.Faces[map.Across(half)].GridAt(level) is >= 0 and var grid)
                    metres[grid] = metres.GetValueOrDefault(grid) + map.ArcMetres[half >> 1];
            List<int> around = [.. coverage.Faces[face].ClaimsAt(level - 1)];
            around.AddRange(metres.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Select(entry => entry.Key));
            return around;
        }

        private void AddPieces(DefectKind kind, int level, List<int> faces, int[] concerned)
        {
            foreach (var piece in tracing.Pieces(CollectionsMarshal.AsSpan(faces)))
                AddArea(kind, level, CollectionsMarshal.AsSpan(piece), concerned);
        }

        private void AddArea(DefectKind kind, int level, ReadOnlySpan<int> faces, IEnumerable<int> concerned) =>
            Add(kind, level, concerned, tracing.Polygon(faces), new Measure(tracing.Measure(faces).SquareMetres, MeasureUnit.SquareMetres));

        private void Add(DefectKind kind, int? level, IEnumerable<int> concerned, Geometry place, Measure? measure) =>
            Defects.Add(new Defect(kind, level, [.. concerned.Select(grid => coverage.Grids[grid])], place, measure, rules.Blocks(kind, level)));
    }
}
