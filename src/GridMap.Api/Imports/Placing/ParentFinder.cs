using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Api.Imports.Placing;

/// <summary>Finds a grid's parent by place: the grid of the next outer level that it shares the most area with. Not thread safe.</summary>
internal sealed class ParentFinder
{
    private readonly STRtree<(long Id, Geometry Geometry)> index = new();

    /// <param name="candidates">The grids of one level, each with its identity; those without polygon cannot be found.</param>
    public ParentFinder(IEnumerable<(long Id, Geometry? Geometry)> candidates)
    {
        foreach (var (id, geometry) in candidates)
        {
            if (geometry is { IsEmpty: false })
                index.Insert(geometry.EnvelopeInternal, (id, geometry.IsValid ? geometry : geometry.Buffer(0)));
        }

        index.Build();
    }

    /// <summary>The parent's identity; null where none shares any area.</summary>
    public long? Find(Geometry child)
    {
        var near = index.Query(child.EnvelopeInternal);
        if (near.Count == 0)
            return null;
        var inside = child.InteriorPoint;
        var covering = near.Where(candidate => candidate.Geometry.Intersects(inside)).ToList();
        if (covering.Count == 1 && near.Count == 1)
            return covering[0].Id;
        var whole = child.IsValid ? child : child.Buffer(0);
        long? best = null;
        var most = 0.0;
        foreach (var (id, geometry) in near)
        {
            var area = OverlayNGRobust.Overlay(geometry, whole, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection).Area;
            if (area > most)
                (best, most) = (id, area);
        }

        return best ?? covering.Select(candidate => (long?)candidate.Id).FirstOrDefault();
    }
}
