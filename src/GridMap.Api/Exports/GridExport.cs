using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using GridMap.Api.Plans;
using GridMap.Api.Storage;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Exports;

/// <summary>A file made for one caller, deleted with its folder.</summary>
internal sealed record ExportedFile(string Path, string Name, string MediaType, string Folder) : IDisposable
{
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>
/// Writes the grids of a generation to a file that names its reference system: GeoJSON by the one writer, other formats and
/// systems from that by GDAL. Thread safe; two at a time.
/// </summary>
internal sealed class GridExport(Database database, PlanStore plans, Gdal gdal, DataFolder data) : IDisposable
{
    private const long NoPlan = 0;

    private readonly SemaphoreSlim gate = new(2, 2);

    /// <summary>Makes the file.</summary>
    /// <exception cref="ProblemException">There is no such generation, level or reference system.</exception>
    public async Task<ExportedFile> WriteAsync(ExportRequest request, Reach reach, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        var folder = Path.Combine(data.Sub("exports"), $"export-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var (number, grids) = await ReadAsync(request, reach, cancel);
            await gdal.AccuracyAsync(SourceCrs.OfCode(request.Crs), folder, cancel); // Refuses what PROJ does not know.
            var (path, mediaType) = request.Format switch
            {
                ExportFormat.GeoJson => (await GeoJsonAsync(request, grids, folder, cancel), GeoJsonWriter.MediaType),
                ExportFormat.Gpkg => (await GeoPackageAsync(request, grids, folder, cancel), "application/geopackage+sqlite3"),
                _ => (await ShapefilesAsync(request, grids, folder, cancel), "application/zip"),
            };
            return new ExportedFile(path, $"grids-{number.ToString(CultureInfo.InvariantCulture)}{Path.GetExtension(path)}", mediaType, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<(int Number, List<ExportedGrid> Grids)> ReadAsync(ExportRequest request, Reach reach, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var number = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select max(number) from generation where @Generation::int is null and effective_from <= now() or number = @Generation",
            new { request.Generation }, cancellationToken: cancel));
        if (number is null)
        {
            throw new ProblemException(Problem.NotFound(
                "unknown_generation", request.Generation is { } asked ? $"There is no generation {asked}." : "Nothing is published yet."));
        }

        var inside = reach.IsEverywhere ? null : (await connection.QueryAsync<long>(new CommandDefinition(
            "select reach(@Roots)", new { reach.Roots }, cancellationToken: cancel))).ToHashSet();
        var state = await plans.StateAsync(NoPlan, number, cancel);
        var codes = state.ToDictionary(grid => grid.GridId, grid => grid.Code);
        var grids = state.Where(grid => (request.Level is null || grid.Level == request.Level) && inside?.Contains(grid.GridId) != false)
            .OrderBy(grid => grid.Level).ThenBy(grid => grid.Code, StringComparer.Ordinal)
            .Select(grid => new ExportedGrid(grid, grid.ParentId is { } id ? codes.GetValueOrDefault(id) : null)).ToList();
        return grids.Count > 0
            ? (number.Value, grids)
            : throw new ProblemException(Problem.Bad("level", "bad_level", $"Generation {number} has no grids of level {request.Level}."));
    }

    private async Task<string> GeoJsonAsync(ExportRequest request, List<ExportedGrid> grids, string folder, CancellationToken cancel)
    {
        var path = await WriteAsync(grids, Path.Combine(folder, "grids.geojson"), cancel);
        if (SourceCrs.OfCode(request.Crs).Datum is not null)
            return path;
        var projected = Path.Combine(folder, "projected.geojson");
        await gdal.WriteAsync("GeoJSON", ["-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9", .. Systems(request), projected, path], folder, cancel);
        return projected;
    }

    private async Task<string> GeoPackageAsync(ExportRequest request, List<ExportedGrid> grids, string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, "grids.gpkg");
        foreach (var level in grids.GroupBy(entry => entry.Grid.Level))
        {
            var name = LayerOf(level.Key);
            var source = await WriteAsync(level, Path.Combine(folder, $"{name}.geojson"), cancel);
            string[] update = File.Exists(path) ? ["-update", "-append"] : [];
            await gdal.WriteAsync("GPKG", [.. update, "-nln", name, "-nlt", "MULTIPOLYGON", .. Systems(request), path, source], folder, cancel);
        }

        return path;
    }

    private async Task<string> ShapefilesAsync(ExportRequest request, List<ExportedGrid> grids, string folder, CancellationToken cancel)
    {
        var parts = Directory.CreateDirectory(Path.Combine(folder, "parts")).FullName;
        foreach (var level in grids.GroupBy(entry => entry.Grid.Level))
        {
            var name = LayerOf(level.Key);
            var source = await WriteAsync(level, Path.Combine(folder, $"{name}.geojson"), cancel);
            await gdal.WriteAsync(
                "ESRI Shapefile",
                ["-nlt", "MULTIPOLYGON", "-lco", $"ENCODING={request.Encoding}", .. Systems(request), Path.Combine(parts, $"{name}.shp"), source], folder, cancel);
        }

        var path = Path.Combine(folder, "grids.zip");
        await ZipFile.CreateFromDirectoryAsync(parts, path, cancel);
        return path;
    }

    private static async Task<string> WriteAsync(IEnumerable<ExportedGrid> grids, string path, CancellationToken cancel)
    {
        await using var file = File.Create(path);
        await using var writer = new Utf8JsonWriter(file);
        GeoJsonWriter.StartCollection(writer);
        foreach (var (grid, parent) in grids)
        {
            GeoJsonWriter.WriteFeature(writer, grid.GridId, grid.Geometry, properties =>
            {
                properties.WriteString("code", grid.Code);
                properties.WriteString("name", grid.Name);
                properties.WriteNumber("level", grid.Level);
                properties.WriteString("kind", grid.Kind);
                properties.WriteString("parent", parent);
                properties.WriteNumber("area_m2", Math.Round(grid.AreaSquareMetres, 3));
            });
            if (writer.BytesPending > 1 << 20)
                await writer.FlushAsync(cancel);
        }

        GeoJsonWriter.EndCollection(writer);
        await writer.FlushAsync(cancel);
        return path;
    }

    /// <summary>A grid and its parent's code.</summary>
    private sealed record ExportedGrid(PlanGrid Grid, string? Parent);

    private static string[] Systems(ExportRequest request) =>
        SourceCrs.OfCode(request.Crs).Datum is not null ? ["-a_srs", request.Crs] : ["-s_srs", ExportRequest.StoredCrs, "-t_srs", request.Crs];

    private static string LayerOf(int level) => $"grids-{level.ToString(CultureInfo.InvariantCulture)}";
}
