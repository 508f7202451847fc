using System.Globalization;
using System.Text.Json;
using GridMap.Api.Hosting;

namespace GridMap.Api.Issues;

/// <summary>Reads a report from JSON or multipart/form-data and checks it.</summary>
internal static class IssueForm
{
    private const int MaxPhotos = 6;
    private const int MaxDescription = 4000;
    private const int MaxContact = 200;

    /// <exception cref="ProblemException">400, 413 or 415: what is wrong with the report.</exception>
    public static async Task<IssueReport> ReadAsync(HttpContext context, JsonSerializerOptions json, CancellationToken cancel)
    {
        var request = context.Request;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancel);
            return Check(Fields(form), await PhotosAsync(form, cancel));
        }

        if (!request.HasJsonContentType())
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status415UnsupportedMediaType, "bad_content_type", "Send application/json, or multipart/form-data with photos."));
        }

        try
        {
            var body = await request.ReadFromJsonAsync<IssueReportBody>(json, cancel);
            return Check(body ?? new IssueReportBody(null, null, null, null, null, null, null), []);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Bad(e.Path ?? "$", "bad_json", $"The body is not the JSON expected here, at {e.Path ?? "$"}."));
        }
    }

    private static IssueReport Check(IssueReportBody body, IReadOnlyList<UploadedPhoto> photos)
    {
        var point = PointInput.Point(body.Lon, body.Lat, body.Crs);
        if (string.IsNullOrWhiteSpace(body.Category))
        {
            throw new ProblemException(Problem.Bad("category", "bad_category", "Send the code of a category; /api/v1/categories lists them."));
        }

        return new IssueReport(
            body.Category, point, PointInput.Accuracy(body.Accuracy),
            Text(body.Description, "description", MaxDescription), Text(body.Contact, "contact", MaxContact), photos);
    }

    private static string Text(string? text, string field, int most)
    {
        // PostgreSQL cannot store U+0000, and nobody means it.
        var clean = (text ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length <= most
            ? clean
            : throw new ProblemException(Problem.Bad(field, "too_long", $"{field} has {clean.Length} characters; {most} at most."));
    }

    private static IssueReportBody Fields(IFormCollection form) => new(
        form["category"], Number(form, "lon"), Number(form, "lat"), form["crs"], Number(form, "accuracy"), form["description"], form["contact"]);

    private static double? Number(IFormCollection form, string field)
    {
        string? text = form[field];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ProblemException(Problem.Bad(field, $"bad_{field}", $"{field}: \"{text}\" is not a number."));
    }

    private static async Task<IReadOnlyList<UploadedPhoto>> PhotosAsync(IFormCollection form, CancellationToken cancel)
    {
        var files = form.Files.GetFiles("photos");
        if (files.Count > MaxPhotos)
        {
            throw new ProblemException(Problem.Bad("photos", "too_many_photos", $"{files.Count} photos; {MaxPhotos} at most."));
        }

        var photos = new List<UploadedPhoto>(files.Count);
        foreach (var file in files)
        {
            if (file.Length > PhotoStore.MaxBytes)
            {
                throw new ProblemException(new Problem(
                    StatusCodes.Status413PayloadTooLarge, "photo_too_large",
                    $"A photo has {file.Length} bytes; {PhotoStore.MaxBytes} at most. Scale it down before sending.", "photos"));
            }

            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            photos.Add(PhotoStore.Clean(bytes.ToArray()));
        }

        return photos;
    }
}
