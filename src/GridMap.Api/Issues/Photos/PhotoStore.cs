using GridMap.Api.Hosting;

namespace GridMap.Api.Issues.Photos;

/// <summary>Photos in the data folder, under random names, without metadata. Thread safe.</summary>
internal sealed class PhotoStore(DataFolder data)
{
    public const int MaxBytes = 12 << 20;

    private readonly string folder = data.Sub("photos");

    /// <summary>Recognises a picture by its content and strips what says where, when and by whom it was taken.</summary>
    /// <exception cref="ProblemException">400: not a picture of a known kind, or a broken one.</exception>
    public static UploadedPhoto Clean(byte[] bytes)
    {
        try
        {
            if (PhotoMetadata.Strip(bytes) is { } photo)
            {
                return photo;
            }
        }
        catch (InvalidDataException)
        {
            // A broken picture is refused like what is none.
        }

        throw new ProblemException(Problem.Bad("photos", "bad_photo", "A photo is a whole JPEG, PNG or WebP picture; this one is broken or something else."));
    }

    /// <summary>Writes a photo and answers its name. The file is on disk before the row that names it is committed.</summary>
    public async Task<string> SaveAsync(UploadedPhoto photo, CancellationToken cancel)
    {
        var name = $"{Guid.NewGuid():N}.{photo.MediaType[(photo.MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..]}";
        await using var stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        await stream.WriteAsync(photo.Bytes, cancel);
        await stream.FlushAsync(cancel);
        stream.Flush(flushToDisk: true);
        return name;
    }

    /// <summary>Takes back what was written for a report that was not stored.</summary>
    public void Discard(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    public string PathOf(string name) => Path.Combine(folder, Path.GetFileName(name));
}
