using System.Text.Json;
using GridMap.Township.Landscape;
using GridMap.Township.Parcels;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Buffer;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Simplify;

namespace GridMap.Township.Writing;

/// <summary>
/// context.geojson: what the map draws beneath the grids. Water, green, roads, railway and built-up blocks, some kilometres beyond
/// the territory. Nothing is looked up in it, so six decimals (a hand's breadth) do.
/// </summary>
internal sealed class ContextFile(Country country, ParcelMap map)
{
    private static readonly Polygon Sheet = (Polygon)DrawingBoard.Metres.ToGeometry(Frame.Drawn);

    private readonly FeatureFile file = new();

    /// <summary>How far outside the territory ponds, blocks and lanes are still drawn, metres.</summary>
    private const double Fringe = 1500;

    public void Save(string path)
    {
        WriteGreen();
        WriteWater();
        WriteBuilt();
        WriteRoads();
        file.Save(path);
    }

    private void WriteGreen()
    {
        foreach (var hill in Contours.Above(country.Height, Hills.WoodLine, 12_000))
            Add("green", null, null, TopologyPreservingSimplifier.Simplify(Contours.Round(hill), 3));
        foreach (var lake in country.Lakes.Where(lake => lake.Shore.Area < 300_000))
            Add("green", null, null, TopologyPreservingSimplifier.Simplify(lake.Shore.Buffer(55, 4), 3));
    }

    private void WriteWater()
    {
        foreach (var river in country.Rivers)
            Add("water", null, river.Name, river.Water.Intersection(Sheet));
        foreach (var lake in country.Lakes)
            Add("water", null, lake.Name, lake.Shore);
        foreach (var pond in map.Parcels.Where(parcel => parcel.Use == Use.Pond && Near(parcel.Middle)))
            Add("water", null, null, Shrunk(pond, 4.5, country.Rivers.Where(river => river.Water.EnvelopeInternal.Intersects(pond.Metres.EnvelopeInternal)), 9));
    }

    private void WriteBuilt()
    {
        foreach (var block in map.Parcels.Where(parcel => parcel.IsBuilt && Near(parcel.Middle)))
        {
            var water = country.Rivers.Where(river => river.Water.EnvelopeInternal.Intersects(block.Metres.EnvelopeInternal));
            Add("built", null, null, Shrunk(block, block.Use == Use.Industry ? 8 : 5, water, 14));
        }
    }

    private void WriteRoads()
    {
        foreach (var road in country.Roads.OrderByDescending(road => road.Rank))
        {
            var line = DouglasPeuckerSimplifier.Simplify(DrawingBoard.Metres.CreateLineString(road.Line), 1.2);
            if (road.Rank == 0)
                Add("rail", null, road.Name, line.Intersection(Sheet));
            else
                Add("road", road.Rank, road.Name, line.Intersection(Sheet));
        }

        var water = UnaryUnion(country.Rivers.Select(river => river.Water));
        foreach (var lane in map.Lanes)
        {
            var line = DouglasPeuckerSimplifier.Simplify(DrawingBoard.Metres.CreateLineString(lane), 2);
            if (Near(lane[lane.Length / 2]) && country.Land.Built(lane[lane.Length / 2]) > 0.45)
                Add("road", 4, null, line.Disjoint(water) ? line : line.Difference(water));
        }
    }

    private bool Near(Coordinate place) => country.Outline.Depth(place) > -Fringe;

    private static Geometry UnaryUnion(IEnumerable<Polygon> parts) => UnaryUnionNG.Union(parts.Cast<Geometry>().ToList(), DrawingBoard.Metres, new PrecisionModel(1000));

    /// <summary>A parcel without the lanes or dykes round it and without the river and its bank.</summary>
    private static Geometry Shrunk(Parcel parcel, double by, IEnumerable<River> rivers, double bank)
    {
        var parameters = new BufferParameters { JoinStyle = JoinStyle.Mitre, MitreLimit = 3 };
        var shrunk = BufferOp.Buffer(DouglasPeuckerSimplifier.Simplify(parcel.Metres, 1), -by, parameters);
        foreach (var river in rivers)
            shrunk = shrunk.Difference(river.Water.Buffer(bank, 3));
        return DouglasPeuckerSimplifier.Simplify(shrunk, 2.5);
    }

    private void Add(string layer, int? rank, string? name, Geometry metres)
    {
        for (var i = 0; i < metres.NumGeometries; i++)
        {
            var part = metres.GetGeometryN(i);
            if (part.IsEmpty || part.Dimension == Dimension.Point || part is Polygon { Area: < 300 } || part is LineString { Length: < 8 })
                continue;
            file.Add(Degrees(part), writer => Properties(writer, layer, rank, name));
        }
    }

    private static void Properties(Utf8JsonWriter writer, string layer, int? rank, string? name)
    {
        writer.WriteString("layer", layer);
        if (rank is { } number)
            writer.WriteNumber("rank", number);
        if (!string.IsNullOrEmpty(name))
            writer.WriteString("name", name);
    }

    private static Geometry Degrees(Geometry metres)
    {
        var degrees = metres.Copy();
        degrees.Apply(new ToDegrees());
        degrees.GeometryChanged();
        return degrees;
    }

    private sealed class ToDegrees : ICoordinateFilter
    {
        public void Filter(Coordinate coord)
        {
            coord.X = Math.Round(DrawingBoard.OriginLon + coord.X / DrawingBoard.MetresPerDegreeLon, 6);
            coord.Y = Math.Round(DrawingBoard.OriginLat + coord.Y / DrawingBoard.MetresPerDegreeLat, 6);
        }
    }
}
