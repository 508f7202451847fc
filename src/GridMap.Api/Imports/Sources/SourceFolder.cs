using GridMap.Api.Hosting;

namespace GridMap.Api.Imports.Sources;

/// <summary>One dataset that GDAL or the GeoJSON reader opens, under a name of ours.</summary>
/// <param name="Name">As the sender called it, without its ending.</param>
/// <param name="Origin">The file that it was sent as or in.</param>
/// <param name="Format">What it is.</param>
/// <param name="Path">Where it lies in the private folder.</param>
/// <param name="IsSequence">A GeoJSON text sequence, by its name.</param>
internal sealed record SourceDataset(string Name, string Origin, SourceFormat Format, string Path, bool IsSequence)
{
    /// <summary>The path of a file that belongs to it, such as <c>.dbf</c>; it need not exist.</summary>
    public string Sidecar(string extension) => System.IO.Path.ChangeExtension(Path, extension);
}

/// <summary>
/// A folder (mode 700) of one import, in which every file has a fixed, safe name: nothing that a sender wrote becomes a path
/// or an option of a tool. Deleted when done.
/// </summary>
internal sealed class SourceFolder : IDisposable
{
    private static readonly string[] ShapefileParts = [".dbf", ".shx", ".prj", ".cpg"];

    private readonly ImportOptions limits;
    private int count;

    public SourceFolder(string parent, ImportOptions limits)
    {
        this.limits = limits;
        Path = System.IO.Path.Combine(parent, $"import-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Takes files in: archives are unpacked, the parts of a Shapefile put together by their names.</summary>
    /// <exception cref="ProblemException">A file of no known format, an archive that is broken or too large.</exception>
    public List<SourceDataset> Take(IReadOnlyList<ImportFile> files, CancellationToken cancel)
    {
        var datasets = new List<SourceDataset>();
        var loose = new List<ImportFile>();
        foreach (var file in files)
        {
            if (SourceFormats.Of(file.Path, file.Name) == SourceFormat.Zip)
                datasets.AddRange(PlaceAll(Archive.Unpack(file, Path, limits, cancel), file.Name));
            else
                loose.Add(file);
        }

        datasets.AddRange(PlaceAll(loose, null));
        if (datasets.Count == 0)
        {
            throw new ProblemException(Problem.Bad(
                "file", "format_unknown", $"There is no file to read in {Names(files)}. Accepted: {SourceFormats.Accepted}."));
        }

        return datasets;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private List<SourceDataset> PlaceAll(List<ImportFile> files, string? archive) =>
        [.. files.Where(file => !IsShapefilePart(file)).Select(file => Place(file, files, archive ?? file.Name))];

    private SourceDataset Place(ImportFile file, List<ImportFile> all, string origin)
    {
        var format = SourceFormats.Of(file.Path, file.Name);
        if (format is SourceFormat.Unknown or SourceFormat.Zip)
        {
            throw new ProblemException(Problem.Bad(
                "file", "format_unknown", $"{file.Name} is of no format that is read here. Accepted: {SourceFormats.Accepted}."));
        }

        var stem = System.IO.Path.Combine(Path, $"source{++count}");
        if (format == SourceFormat.Shapefile)
        {
            foreach (var part in all.Where(part => IsShapefilePart(part) && Stem(part.Name) == Stem(file.Name)))
                Store(part, stem + Ending(part.Name));
        }

        Store(file, stem + format.Extension());
        return new SourceDataset(
            System.IO.Path.GetFileNameWithoutExtension(file.Name), origin, format, stem + format.Extension(),
            Ending(file.Name) is ".geojsonl" or ".geojsons" or ".ndjson");
    }

    private static void Store(ImportFile file, string path)
    {
        if (File.Exists(path))
            throw new ProblemException(Problem.Bad("file", "file_twice", $"{file.Name} was sent twice."));
        if (file.IsOurs)
            File.Move(file.Path, path);
        else
            File.Copy(file.Path, path);
    }

    private static bool IsShapefilePart(ImportFile file) => ShapefileParts.Contains(Ending(file.Name));

    private static string Ending(string name) => System.IO.Path.GetExtension(name).ToLowerInvariant();

    private static string Stem(string name) => System.IO.Path.ChangeExtension(name, null).ToLowerInvariant();

    private static string Names(IReadOnlyList<ImportFile> files) => string.Join(", ", files.Take(5).Select(file => file.Name));
}
