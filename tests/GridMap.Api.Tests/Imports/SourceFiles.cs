using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using GridMap.Api.Imports;
using GridMap.Core.GeoJson;
using NetTopologySuite.IO;

namespace GridMap.Api.Tests.Imports;

/// <summary>Small files of every format, made with the real ogr2ogr in a folder of their own.</summary>
internal sealed class SourceFiles : IDisposable
{
    /// <summary>Two squares side by side, of about 1 km².</summary>
    public static readonly SourceGrid[] TwoVillages =
    [
        new("440605001201", "东村", "POLYGON ((113.125 23, 113.140625 23, 113.140625 23.015625, 113.125 23.015625, 113.125 23))"),
        new("440605001202", "西村", "POLYGON ((113.109375 23, 113.125 23, 113.125 23.015625, 113.109375 23.015625, 113.109375 23))"),
    ];

    public string Folder { get; } = Directory.CreateTempSubdirectory("gridmap-test-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string GeoJson(string name, IEnumerable<SourceGrid> grids)
    {
        using var stream = File.Create(PathOf(name));
        using var writer = new Utf8JsonWriter(stream);
        GeoJsonWriter.StartCollection(writer);
        foreach (var (code, gridName, wkt, parent) in grids)
        {
            GeoJsonWriter.WriteFeature(writer, null, wkt is null ? null : new WKTReader().Read(wkt), properties =>
            {
                properties.WriteString("编码", code);
                properties.WriteString("名称", gridName);
                if (parent is not null)
                    properties.WriteString("上级", parent);
            });
        }

        GeoJsonWriter.EndCollection(writer);
        return PathOf(name);
    }

    public string Text(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Converts a GeoJSON file to another format.</summary>
    public string Convert(string geoJson, string name, params string[] arguments)
    {
        Output("ogr2ogr", [.. arguments, PathOf(name), geoJson]);
        return PathOf(name);
    }

    /// <summary>Zips files of the folder by their endings.</summary>
    public string Zip(string name, params string[] files)
    {
        using var zip = ZipFile.Open(PathOf(name), ZipArchiveMode.Create);
        foreach (var file in files)
            zip.CreateEntryFromFile(PathOf(file), file);
        return PathOf(name);
    }

    public static ImportFile[] Sent(params string[] paths) => [.. paths.Select(path => new ImportFile(Path.GetFileName(path), path, IsOurs: false))];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>What a tool prints.</summary>
    public static string Output(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}

/// <summary>A feature of a test's file.</summary>
internal sealed record SourceGrid(string Code, string Name, string? Wkt, string? Parent = null);
