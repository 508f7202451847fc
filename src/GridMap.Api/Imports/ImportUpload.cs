using System.Text;
using GridMap.Api.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GridMap.Api.Imports;

/// <summary>Reads the multipart form of an import: values, and files straight to disk, in any order.</summary>
internal static class ImportUpload
{
    private const int MaxFiles = 500;
    private const int MaxValueBytes = 4096;
    private const int MaxNameChars = 200;

    /// <summary>Reads a request's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="folder">Files are stored here under names of ours.</param>
    /// <param name="maxBytes">The most that the body may have.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">It is no multipart form, or too large.</exception>
    public static async Task<ImportForm> ReadAsync(HttpContext context, string folder, long maxBytes, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status415UnsupportedMediaType, "bad_content_type", "Send multipart/form-data with at least one part named file."));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes;
        var form = new ImportForm();
        var reader = new MultipartReader(boundary, context.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
                await TakeAsync(section, form, folder, cancel);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status413PayloadTooLarge, "too_large", $"An import has at most {maxBytes >> 20} MiB. Send it zipped, or a part at a time.", "file"));
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(Problem.Bad("file", "bad_form", "The multipart form is cut off or malformed."));
        }
        catch (IOException) when (!cancel.IsCancellationRequested)
        {
            throw new ProblemException(Problem.Bad("file", "bad_form", "The multipart form is cut off."));
        }

        return form;
    }

    private static async Task TakeAsync(MultipartSection section, ImportForm form, string folder, CancellationToken cancel)
    {
        var disposition = section.GetContentDispositionHeader();
        var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "";
        if (disposition?.IsFileDisposition() != true)
        {
            form.Set(name, await TextAsync(section.Body, name, cancel));
            return;
        }

        if (form.Files.Count() == MaxFiles)
            throw new ProblemException(Problem.Bad("file", "too_many_files", $"An import has at most {MaxFiles} files."));
        var sent = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var fileName = Path.GetFileName((HeaderUtilities.RemoveQuotes(sent).Value ?? "").Replace('\\', '/'));
        if (fileName.Length == 0)
            return; // A form's file input that was left empty.
        var path = Path.Combine(folder, $"part{form.Files.Count() + 1}");
        await using (var file = File.Create(path))
            await section.Body.CopyToAsync(file, cancel);
        form.Add(name, new ImportFile(fileName[..Math.Min(fileName.Length, MaxNameChars)], path, IsOurs: true));
    }

    private static async Task<string> TextAsync(Stream body, string name, CancellationToken cancel)
    {
        var bytes = new byte[MaxValueBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return length <= MaxValueBytes
            ? Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal)
            : throw new ProblemException(Problem.Bad(name.Length == 0 ? "file" : name, "too_long", $"A value has at most {MaxValueBytes} bytes."));
    }
}
