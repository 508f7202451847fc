using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

internal enum Use
{
    Field,
    Pond,
    Wood,
    Village,
    Town,
    Industry,
    Lake,
    River,
    Park,
}

/// <summary>What the ground is used for, and how finely that use divides it into parcels.</summary>
internal sealed class LandUse
{
    private readonly Raster height;
    private readonly Raster built;
    private readonly Raster ponds;
    private readonly IReadOnlyList<Settlement> settlements;
    private readonly IReadOnlyList<Lake> lakes;
    private readonly Waters waters;

    public LandUse(
        Raster height, Raster waterDistance, IReadOnlyList<Settlement> settlements, IReadOnlyList<Road> roads, IReadOnlyList<Lake> lakes,
        Waters waters, Seeded chance)
    {
        (this.height, this.settlements, this.lakes, this.waters) = (height, settlements, lakes, waters);
        var noise = new Noise(chance.NextBits());
        var roadDistance = Raster.DistanceTo(roads.Where(road => road.Rank is 2 or 3).Select(road => road.Line), Frame.Drawn, Frame.Cell);
        built = Raster.Of(Frame.Drawn, Frame.Cell, point => Built(point, noise, roadDistance.At(point), waterDistance.At(point)));
        ponds = Raster.Of(Frame.Drawn, Frame.Cell, point =>
            noise.Fractal(point.X + 400, point.Y - 7000, 1900, 3) + 0.16 - Math.Max(0, height.At(point)) * 3 - Math.Max(0, waterDistance.At(point) - 700) / 1500);
    }

    /// <summary>How closely built the ground is: above 0.5 it is a settlement, about 1.5 in the middle of the town.</summary>
    public double Built(Coordinate point) => built.At(point);

    public double Height(Coordinate point) => height.At(point);

    public Use At(Coordinate point)
    {
        if (lakes.Any(lake => lake.Shore.Contains(DrawingBoard.Metres.CreatePoint(point))))
            return Use.Lake;
        if (lakes.Any(lake => lake.Park is not null && lake.Park.Contains(DrawingBoard.Metres.CreatePoint(point))))
            return Use.Park;
        if (waters.Cover(point))
            return Use.River;
        if (built.At(point) > 0.5)
            return Nearest(point);
        if (height.At(point) > Hills.WoodLine)
            return Use.Wood;
        return ponds.At(point) > 0.14 ? Use.Pond : Use.Field;
    }

    /// <summary>The usual size of a parcel there, m².</summary>
    public double ParcelArea(Coordinate point) => At(point) switch
    {
        Use.Town => 8200,
        Use.Village => 7600,
        Use.Industry => 24000,
        Use.Pond => 11000,
        Use.Field => 26000,
        Use.Wood => 62000,
        Use.River => 30000,
        Use.Park => 70000,
        _ => 400000,
    };

    private Use Nearest(Coordinate point)
    {
        var best = double.MaxValue;
        var kind = SettlementKind.Village;
        foreach (var settlement in settlements)
        {
            var away = point.Distance(settlement.Place) / settlement.Radius;
            if (away < best)
                (best, kind) = (away, settlement.Kind);
        }

        return kind switch { SettlementKind.Town => Use.Town, SettlementKind.Industry => Use.Industry, _ => Use.Village };
    }

    private double Built(Coordinate point, Noise noise, double road, double water)
    {
        var x = point.X + 150 * noise.Fractal(point.X, point.Y, 600);
        var y = point.Y + 150 * noise.Fractal(point.X - 3000, point.Y, 600);
        double sum = 0;
        foreach (var settlement in settlements)
        {
            var (dx, dy) = (x - settlement.Place.X, y - settlement.Place.Y);
            var along = (dx * settlement.AxisX + dy * settlement.AxisY) / (settlement.Radius * settlement.Stretch);
            var across = (dy * settlement.AxisX - dx * settlement.AxisY) / settlement.Radius * Math.Sqrt(settlement.Stretch);
            var away = Math.Sqrt(along * along + across * across);
            if (away < 2)
                sum += settlement.Kind == SettlementKind.Town ? 1.5 * Fall(away / 2) : 1.25 * Fall(away / 2);
        }

        var frontage = road < 140 ? 0.22 * (1 - road / 140) : 0;
        var bank = water is > 40 and < 220 ? 0.08 : 0;
        return sum + frontage + bank + 0.42 * noise.Fractal(point.X, point.Y + 9000, 520) - 1.6 * Math.Max(0, height.At(point) - 0.2);
    }

    /// <summary>1 in the middle, about 0.5 half way, 0 at the rim.</summary>
    private static double Fall(double t) => t >= 1 ? 0 : 1 - t * t * (3 - 2 * t);
}
