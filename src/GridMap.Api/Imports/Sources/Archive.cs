using System.IO.Compression;
using System.Text;
using GridMap.Api.Hosting;

namespace GridMap.Api.Imports.Sources;

/// <summary>Unpacks a zip: names of ours on disk, a bound on what comes out that trusts no header.</summary>
internal static class Archive
{
    private const int MaxEntries = 2000;

    private static readonly string[] Endings =
    [
        ".shp", ".dbf", ".shx", ".prj", ".cpg", ".gpkg", ".geojson", ".json", ".topojson", ".geojsonl", ".kml", ".dxf",
    ];

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The files inside that an import can use, unpacked.</summary>
    /// <exception cref="ProblemException">The archive is broken, encrypted or too large.</exception>
    public static List<ImportFile> Unpack(ImportFile archive, string folder, ImportOptions limits, CancellationToken cancel)
    {
        try
        {
            using var stream = File.OpenRead(archive.Path);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true, Encoding.Latin1);
            if (zip.Entries.Count > MaxEntries)
                throw TooLarge(archive, $"has more than {MaxEntries} entries");
            var left = limits.UnpackedMaxBytes;
            var files = new List<ImportFile>();
            foreach (var entry in zip.Entries)
            {
                var name = NameOf(entry);
                if (!IsWanted(name))
                    continue;
                var path = Path.Combine(folder, $"unpacked-{Guid.NewGuid():N}");
                left -= Copy(entry, path, left, archive, cancel);
                files.Add(new ImportFile(name, path, IsOurs: true));
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new ProblemException(Problem.Bad(
                "file", "archive_unreadable", $"{archive.Name} cannot be unpacked: it is damaged, encrypted or of a kind other than plain zip."));
        }
    }

    private static long Copy(ZipArchiveEntry entry, string path, long limit, ImportFile archive, CancellationToken cancel)
    {
        using var source = entry.Open();
        using var target = File.Create(path);
        var buffer = new byte[81920];
        long total = 0;
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            total += read;
            if (total > limit)
                throw TooLarge(archive, "unpacks to more than is accepted");
            target.Write(buffer, 0, read);
        }

        return total;
    }

    private static bool IsWanted(string name) =>
        !name.StartsWith("__MACOSX/", StringComparison.Ordinal)
        && !name.Split('/')[^1].StartsWith('.')
        && Endings.Contains(Path.GetExtension(name).ToLowerInvariant());

    // Without the flag for UTF-8 a name may be UTF-8 all the same, or, from a Chinese Windows, GBK.
    private static string NameOf(ZipArchiveEntry entry)
    {
        var name = entry.FullName.Replace('\\', '/');
        if (name.All(c => c < 0x80) || name.Any(c => c > 0xFF))
            return name;
        var bytes = Encoding.Latin1.GetBytes(name);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Gbk.Encoding.GetString(bytes);
        }
    }

    private static ProblemException TooLarge(ImportFile archive, string why) =>
        new(Problem.Bad("file", "archive_too_large", $"{archive.Name} {why}. Send only the layer to import."));
}
