namespace GridMap.Core.GeoJson;

/// <summary>Whether a position can be a longitude and a latitude. Stateless and thread safe.</summary>
internal static class DegreeRange
{
    /// <summary>What is wrong with a position in degrees, as a sentence; null when nothing is.</summary>
    public static string? Fault(double x, double y) => Math.Abs(x) <= 180 && Math.Abs(y) <= 90
        ? null
        : $"[{x:R}, {y:R}] is not a longitude and a latitude in degrees" +
          (Math.Abs(x) <= 90 && Math.Abs(y) <= 180 ? "; the axes seem to be swapped" : "; name the crs if it is a projected one");
}
