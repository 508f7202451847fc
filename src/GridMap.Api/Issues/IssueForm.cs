using System.Globalization;
using GridMap.Api.Hosting;
using GridMap.Api.Issues.Photos;
using GridMap.Core.Grids;

namespace GridMap.Api.Issues;

/// <summary>Reads a report from JSON or multipart/form-data and checks it.</summary>
internal static class IssueForm
{
    private const string PhotosField = "photos";
    private const int MaxPhotos = 6;
    private const int MaxDescription = 4000;
    private const int MaxContact = 200;

    /// <exception cref="ProblemException">400, 413 or 415: what is wrong with the report.</exception>
    public static async Task<IssueReport> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await FormAsync(context.Request, cancel);
            return Check(Fields(form), await PhotosAsync(form, cancel));
        }

        return Check(
            await JsonBody.ReadAsync<IssueReportBody>(context, "Send application/json, or multipart/form-data with photos.", cancel), []);
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancel.IsCancellationRequested))
        {
            throw new ProblemException(Problem.Bad("body", "bad_form", "The form is broken off, too large in one field, or has no boundary."));
        }
    }

    private static IssueReport Check(IssueReportBody body, IReadOnlyList<UploadedPhoto> photos)
    {
        var point = PointInput.Point(body.Lon, body.Lat, body.Crs);
        if (!GridCode.TryParse(body.Category, out var category))
        {
            throw new ProblemException(Problem.Bad("category", "bad_category", "Send the code of a category; /api/v1/categories lists them."));
        }

        return new IssueReport(
            category.Value, point, PointInput.Accuracy(body.Accuracy),
            InputText.Clean(body.Description, "description", MaxDescription), InputText.Clean(body.Contact, "contact", MaxContact), photos);
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
        if (form.Files.FirstOrDefault(file => file.Name != PhotosField) is { } other)
        {
            throw new ProblemException(Problem.Bad(other.Name, "unknown_file", $"Files are sent as {PhotosField}, not as {other.Name}."));
        }

        var files = form.Files;
        if (files.Count > MaxPhotos)
        {
            throw new ProblemException(Problem.Bad(PhotosField, "too_many_photos", $"{files.Count} photos; {MaxPhotos} at most."));
        }

        var photos = new List<UploadedPhoto>(files.Count);
        foreach (var file in files)
        {
            if (file.Length > PhotoStore.MaxBytes)
            {
                throw new ProblemException(new Problem(
                    StatusCodes.Status413PayloadTooLarge, "photo_too_large",
                    $"A photo has {file.Length} bytes; {PhotoStore.MaxBytes} at most. Scale it down before sending.", PhotosField));
            }

            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            photos.Add(PhotoStore.Clean(bytes.ToArray()));
        }

        return photos;
    }
}
