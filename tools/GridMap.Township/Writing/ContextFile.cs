using System.Text.Json;
using GridMap.Township.Landscape;
using GridMap.Township.Parcels;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Buffer;
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
    private const double Fringe = 1300;

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
        foreach (var park in country.Lakes.Select(lake => lake.Park).OfType<Polygon>())
            Add("green", null, null, park);
    }

    private void WriteWater()
    {
        foreach (var river in country.Rivers)
            Add("water", null, river.Name, river.Water.Intersection(Sheet));
        foreach (var lake in country.Lakes)
            Add("water", null, lake.Name, lake.Shore);
        WriteParcels("water", parcel => parcel.Use == Use.Pond, _ => 4.5, 9);
    }

    private void WriteBuilt() => WriteParcels("built", parcel => parcel.IsBuilt, parcel => parcel.Use == Use.Industry ? 8 : 5, 14);

    /// <summary>Parcels without the lanes or dykes round them, those of one block between roads as one feature.</summary>
    private void WriteParcels(string layer, Func<Parcel, bool> wanted, Func<Parcel, double> margin, double bank)
    {
        foreach (var block in map.Parcels.Where(parcel => wanted(parcel) && Near(parcel.Middle)).GroupBy(parcel => parcel.Block))
        {
            var parts = block.SelectMany(parcel => Polygons(Shrunk(parcel, margin(parcel), bank))).Where(part => part.Area > 300).ToArray();
            if (parts.Length > 0)
                file.Add(Degrees(DrawingBoard.Metres.CreateMultiPolygon(parts)), writer => Properties(writer, layer, null, null));
        }
    }

    private static IEnumerable<Polygon> Polygons(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(part => !part.IsEmpty);

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

        foreach (var square in map.Lanes.Where(IsDrawn).GroupBy(lane => (Math.Floor(lane[0].X / 1000), Math.Floor(lane[0].Y / 1000))))
        {
            var lines = square.Select(lane => (LineString)DouglasPeuckerSimplifier.Simplify(DrawingBoard.Metres.CreateLineString(lane), 2)).ToArray();
            file.Add(Degrees(DrawingBoard.Metres.CreateMultiLineString(lines)), writer => Properties(writer, "road", 4, null));
        }
    }

    private bool IsDrawn(Coordinate[] lane)
    {
        var middle = lane[lane.Length / 2];
        return Near(middle) && country.Land.Built(middle) > 0.45 && !country.Waters.Cover(middle);
    }

    private bool Near(Coordinate place) => country.Outline.Depth(place) > -Fringe;

    /// <summary>A parcel without the lanes or dykes round it and without the river and its bank.</summary>
    private Geometry Shrunk(Parcel parcel, double by, double bank)
    {
        var parameters = new BufferParameters { JoinStyle = JoinStyle.Mitre, MitreLimit = 3 };
        var shrunk = BufferOp.Buffer(DouglasPeuckerSimplifier.Simplify(parcel.Metres, 1), -by, parameters);
        foreach (var river in country.Rivers.Where(river => river.Water.EnvelopeInternal.Intersects(parcel.Metres.EnvelopeInternal)))
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
