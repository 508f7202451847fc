using System.Globalization;
using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Core.Grids;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;

namespace GridMap.Api.Issues;

/// <summary>Reads a report from JSON or multipart/form-data and checks it.</summary>
internal static class IssueForm
{
    private const int MaxDescription = 4000;
    private const int MaxContact = 200;

    private static readonly string[] Sources = ["web", "qr", "program", "hotline"];

    /// <exception cref="ProblemException">400, 413 or 415: what is wrong with the report; 403: a hotline's report by somebody else than the office.</exception>
    public static async Task<IssueReport> ReadAsync(HttpContext context, Caller caller, PhotoWorkshop workshop, CancellationToken cancel)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await PhotoForm.FormAsync(context.Request, cancel);
            return Check(Fields(form), caller) with { Photos = await PhotoForm.ReadAsync(form, workshop, cancel) };
        }

        return Check(await JsonBody.ReadAsync<IssueReportBody>(context, "Send application/json, or multipart/form-data with photos.", cancel), caller);
    }

    private static IssueReport Check(IssueReportBody body, Caller caller)
    {
        var point = PointInput.Point(body.Lon, body.Lat, body.Crs);
        if (!GridCode.TryParse(body.Category, out var category))
            throw new ProblemException(Problem.Bad("category", "bad_category", "Send the code of a category; /api/v1/categories lists them."));
        if (body.Qr is { Length: > 0 } && !GridCode.TryParse(body.Qr, out _))
            throw new ProblemException(Problem.Bad("qr", "bad_qr", "qr is the code of the grid on the sticker."));
        var source = body.Source ?? (body.Qr is { Length: > 0 } ? "qr" : "web");
        if (!Sources.Contains(source))
            throw new ProblemException(Problem.Bad("source", "bad_source", $"source is one of {string.Join(", ", Sources)}."));
        if (source == "hotline" && caller.ReachOf(Permission.HandleIssues).IsNothing)
            throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, "hotline_is_the_office", "A call to the hotline is typed in by those who handle issues.", "source"));
        if (body.Severity is not null && caller.ReachOf(Permission.HandleIssues).IsNothing)
            throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, "severity_is_the_office", "How grave an issue is, is said by those who handle issues: leave severity out.", "severity"));
        return new IssueReport(
            category.Value, point, PointInput.Accuracy(body.Accuracy),
            InputText.Clean(body.Description, "description", MaxDescription), InputText.Clean(body.Contact, "contact", MaxContact),
            body.Qr is { Length: > 0 } qr ? qr : null, source, Severity(body.Severity) ?? IssueSeverity.Normal, []);
    }

    private static IssueReportBody Fields(IFormCollection form) => new(
        form["category"], Number(form, "lon"), Number(form, "lat"), form["crs"], Number(form, "accuracy"), form["description"], form["contact"],
        form["qr"], Text(form, "source"), Text(form, "severity"));

    /// <summary>The wire word.</summary>
    public static string Wire(IssueSeverity severity) => JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());

    /// <summary>How grave, of a wire word; null when nothing was said.</summary>
    /// <exception cref="ProblemException">400: there is no such word.</exception>
    public static IssueSeverity? Severity(string? word) => word switch
    {
        null or "" => null,
        "minor" => IssueSeverity.Minor,
        "normal" => IssueSeverity.Normal,
        "severe" => IssueSeverity.Severe,
        _ => throw new ProblemException(Problem.Bad("severity", "bad_severity", "severity is minor, normal or severe.")),
    };

    private static string? Text(IFormCollection form, string field) => string.IsNullOrEmpty(form[field]) ? null : (string?)form[field];

    private static double? Number(IFormCollection form, string field)
    {
        if (Text(form, field) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ProblemException(Problem.Bad(field, $"bad_{field}", $"{field}: \"{text}\" is not a number."));
    }
}
