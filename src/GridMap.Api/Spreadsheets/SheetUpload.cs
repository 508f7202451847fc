using GridMap.Api.Hosting;

namespace GridMap.Api.Spreadsheets;

/// <summary>A sheet that comes in, as a form.</summary>
/// <param name="File">An .xlsx or .csv file.</param>
public sealed record SheetFormBody(IFormFile File);

/// <summary>Takes a sheet from a request: multipart with one part named file. Thread safe.</summary>
internal sealed class SheetUpload(SheetReader reader, DataFolder data)
{
    /// <summary>No sheet is larger.</summary>
    public const long MaxBytes = 32L << 20;

    /// <summary>The lines of the sheet that was sent.</summary>
    /// <exception cref="ProblemException">400, 413 or 415: it is no sheet of that shape.</exception>
    public async Task<IReadOnlyList<SheetRow>> ReadAsync(HttpRequest request, SheetShape shape, CancellationToken cancel)
    {
        if (!request.HasFormContentType)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status415UnsupportedMediaType, "bad_content_type", "Send multipart/form-data with the sheet in a part named file."));
        }

        var folder = Path.Combine(data.Sub("imports"), $"{shape.Name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return await reader.ReadAsync(await SaveAsync(request, folder, cancel), folder, shape, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> SaveAsync(HttpRequest request, string folder, CancellationToken cancel)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancel.IsCancellationRequested))
        {
            throw new ProblemException(Problem.Bad("file", "bad_form", "The multipart form is cut off or malformed."));
        }

        if (form.Files is not [{ Name: "file" } file])
            throw new ProblemException(Problem.Bad("file", "file_missing", "Send one file, in a part named file."));
        var path = Path.Combine(folder, "sent");
        await using var stored = File.Create(path);
        await file.CopyToAsync(stored, cancel);
        return path;
    }
}
