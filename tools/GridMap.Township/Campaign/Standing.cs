using GridMap.Core.Progress;
using GridMap.Township.Chance;
using GridMap.Township.Grouping;
using GridMap.Township.Plane;

namespace GridMap.Township.Campaign;

/// <summary>
/// How each zone gets on: 12 lag badly, 31 a little, the rest keep up. The laggards lie near each other more often than chance would
/// have it, as they do.
/// </summary>
internal sealed class Standing
{
    public const int Reds = 12;
    public const int Yellows = 31;

    private readonly Dictionary<string, Light> lights = [];

    public Standing(Grid town, Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        var score = new Dictionary<Grid, double>();
        foreach (var community in town.Children)
        {
            var spirit = chance.Around(0.45);
            foreach (var zone in community.Children)
            {
                var place = DrawingBoard.ToMetres(zone.Shape.InteriorPoint.Coordinate);
                var ease = zone.Kind == Kinds.Special ? 0.9 : 0;
                score[zone] = spirit + 0.8 * noise.Fractal(place.X, place.Y, 3000, 2) + chance.Around(0.55) + ease;
            }
        }

        var ranked = score.OrderBy(entry => entry.Value).Select(entry => entry.Key.Code).ToList();
        for (var i = 0; i < ranked.Count; i++)
            lights[ranked[i]] = i < Reds ? Light.Red : i < Reds + Yellows ? Light.Yellow : Light.Green;
    }

    public Light Of(Grid zone) => lights[zone.Code];
}
