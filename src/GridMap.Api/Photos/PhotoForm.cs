using GridMap.Api.Hosting;

namespace GridMap.Api.Photos;

/// <summary>Takes the photos out of a form.</summary>
internal static class PhotoForm
{
    /// <summary>Six photos and some words.</summary>
    public const long MaxRequestBytes = 80L << 20;

    private const string Field = "photos";
    private const int MaxPhotos = 6;

    /// <summary>Reads and makes them.</summary>
    /// <exception cref="ProblemException">400, 413: too many, too large, no pictures, or files under another name.</exception>
    public static async Task<IReadOnlyList<Photo>> ReadAsync(IFormCollection form, PhotoWorkshop workshop, CancellationToken cancel)
    {
        var files = form.Files;
        if (files.FirstOrDefault(file => file.Name != Field) is { } other)
            throw new ProblemException(Problem.Bad(other.Name, "unknown_file", $"Files are sent as {Field}, not as {other.Name}."));
        if (files.Count > MaxPhotos)
            throw new ProblemException(Problem.Bad(Field, "too_many_photos", $"{files.Count} photos; {MaxPhotos} at most."));
        if (files.FirstOrDefault(file => file.Length > PhotoWorkshop.MaxBytes) is { } large)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status413PayloadTooLarge, "photo_too_large",
                $"A photo has {large.Length} bytes; {PhotoWorkshop.MaxBytes} at most. Scale it down before sending.", Field));
        }

        var photos = new List<Photo>(files.Count);
        foreach (var file in files)
        {
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            photos.Add(await workshop.MakeAsync(bytes.ToArray(), cancel));
        }

        return photos;
    }

    /// <summary>Reads a form whole.</summary>
    /// <exception cref="ProblemException">400: it is broken off.</exception>
    public static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancel)
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
}
