using GridMap.Core.Coordinates;

namespace GridMap.Api.Hosting;

/// <summary>The one way from the wire's lon, lat, crs and accuracy to a point of the lattice.</summary>
internal static class PointInput
{
    public const double MaxAccuracyMetres = 10_000;

    /// <summary>Checks, converts and snaps.</summary>
    /// <exception cref="ProblemException">400: which value, and what to send instead.</exception>
    public static LonLat Point(double? lon, double? lat, string? crs)
    {
        if (lon is null || lat is null)
        {
            throw new ProblemException(Problem.Bad(lon is null ? "lon" : "lat", "bad_coordinate", "Send both lon and lat, in degrees."));
        }

        var entered = EnteredPoint.Enter(lon.Value, lat.Value, Datum(crs));
        if (!entered.IsAccepted)
        {
            var field = Math.Abs(lon.Value) <= 180 ? "lat" : "lon";
            throw new ProblemException(Problem.Bad(field, "bad_coordinate", entered.Refusal.Message()));
        }

        return entered.Position;
    }

    /// <summary>The datum that a caller names; WGS84 when none.</summary>
    /// <exception cref="ProblemException">400: not one of the four.</exception>
    public static Datum Datum(string? crs) =>
        string.IsNullOrEmpty(crs) ? Core.Coordinates.Datum.Wgs84
        : Datums.TryParse(crs, out var datum) ? datum
        : throw new ProblemException(Problem.Bad("crs", "bad_crs", "crs is one of wgs84, cgcs2000, gcj02, bd09."));

    /// <summary>Metres, more than 0 and at most 10,000; null stays null.</summary>
    /// <exception cref="ProblemException">400: out of that range.</exception>
    public static double? Accuracy(double? metres) =>
        AcceptsAccuracy(metres)
            ? metres
            : throw new ProblemException(Problem.Bad("accuracy", "bad_accuracy", $"accuracy is in metres, more than 0 and at most {MaxAccuracyMetres}."));

    /// <summary>Whether <see cref="Accuracy"/> lets it pass.</summary>
    public static bool AcceptsAccuracy(double? metres) => metres is null or (> 0 and <= MaxAccuracyMetres);
}
