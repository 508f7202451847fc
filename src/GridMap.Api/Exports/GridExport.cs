using System.IO.Compression;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Exports;

/// <summary>A file made for one caller, deleted with its folder.</summary>
internal sealed record ExportedFile(string Path, string Name, string MediaType, string Folder) : IDisposable
{
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>
/// Writes the grids of a generation or a plan to a file that names its reference system: GeoJSON by the one writer, other formats and
/// systems from that by GDAL, the sheet by itself. Thread safe; two at a time.
/// </summary>
internal sealed class GridExport(ExportReader reader, Gdal gdal, DataFolder data) : IDisposable
{
    private readonly SemaphoreSlim gate = new(2, 2);

    /// <summary>Makes the file.</summary>
    /// <exception cref="ProblemException">There is no such generation, level or reference system, or the format cannot hold it.</exception>
    public async Task<ExportedFile> WriteAsync(ExportRequest request, Caller caller, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        var folder = Path.Combine(data.Sub("exports"), $"export-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var (name, grids) = await reader.ReadAsync(request, caller, cancel);
            var path = request.Format switch
            {
                ExportFormat.Xlsx => GridSheet.Write(Path.Combine(folder, "grids.xlsx"), grids, request.People),
                _ => await WithBordersAsync(request, grids, await CodeAsync(request, grids, folder, cancel), folder, cancel),
            };
            return new ExportedFile(path, name + Path.GetExtension(path), request.Format.MediaType(), folder);
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

    // The system's code, known to PROJ.
    private async Task<string> CodeAsync(ExportRequest request, IReadOnlyList<ExportedGrid> grids, string folder, CancellationToken cancel)
    {
        var box = new Envelope();
        foreach (var (grid, _, _) in grids)
            box.ExpandToInclude(grid.Geometry.EnvelopeInternal);
        var code = request.Crs.For(box);
        try
        {
            await gdal.AccuracyAsync(SourceCrs.OfCode(code), folder, cancel);
            return code;
        }
        catch (ProblemException e) when (e.Problem.Code == "crs_unknown")
        {
            throw ExportCrs.Unknown(code);
        }
    }

    private Task<string> WithBordersAsync(ExportRequest request, IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel) => request.Format switch
    {
        ExportFormat.GeoJson => GeoJsonAsync(grids, code, folder, cancel),
        ExportFormat.Shp => ShapefilesAsync(request, grids, code, folder, cancel),
        ExportFormat.Dxf => DrawingAsync(grids, code, folder, cancel),
        ExportFormat.Kml => KmlAsync(grids, code, folder, cancel),
        _ => GeoPackageAsync(grids, code, folder, cancel),
    };

    private async Task<string> GeoJsonAsync(IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel)
    {
        var path = await GridFeatures.WriteAsync(grids, Path.Combine(folder, "grids.geojson"), cancel);
        if (IsInDegrees(code))
            return path;
        var projected = Path.Combine(folder, "projected.geojson");
        await gdal.WriteAsync("GeoJSON", ["-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9", .. Systems(code), projected, path], folder, cancel);
        return projected;
    }

    private async Task<string> GeoPackageAsync(IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, "grids.gpkg");
        foreach (var level in GridLayer.Of(grids))
        {
            var source = await GridFeatures.WriteAsync(level.Grids, Path.Combine(folder, $"{level.Name}.geojson"), cancel);
            string[] update = File.Exists(path) ? ["-update", "-append"] : [];
            await gdal.WriteAsync(
                "GPKG", [.. update, "-nlt", "MULTIPOLYGON", "-nln", level.Name, "-sql", level.Select(), .. Systems(code), path, source], folder, cancel);
        }

        return path;
    }

    // All layers in one go, as KML cannot be added to. Not GDAL's newer driver for it, which took 22 s for what this one does in 0.3.
    private async Task<string> KmlAsync(IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel)
    {
        var layers = await GeoPackageAsync(grids, code, folder, cancel);
        var path = Path.Combine(folder, "grids.kml");
        await gdal.WriteAsync("KML", ["-dsco", $"NameField={GridFeatures.Name}", path, layers], folder, cancel, source: SourceFormat.GeoPackage);
        return path;
    }

    private async Task<string> ShapefilesAsync(
        ExportRequest request, IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel)
    {
        var parts = Directory.CreateDirectory(Path.Combine(folder, "parts")).FullName;
        foreach (var level in GridLayer.Of(grids))
        {
            ShapefileTexts.Check(level.Grids, request.Encoding);
            var source = await GridFeatures.WriteAsync(level.Grids, Path.Combine(folder, $"{level.Name}.geojson"), cancel);
            await gdal.WriteAsync(
                "ESRI Shapefile",
                ["-nlt", "MULTIPOLYGON", "-lco", $"ENCODING={request.Encoding}", "-sql", level.Select(isShapefile: true), .. Systems(code), Path.Combine(parts, $"{level.Name}.shp"), source],
                folder, cancel);
            ShapefileTexts.Declare(Path.Combine(parts, level.Name), request.Encoding);
        }

        var path = Path.Combine(folder, "grids.zip");
        await ZipFile.CreateFromDirectoryAsync(parts, path, cancel);
        return path;
    }

    private async Task<string> DrawingAsync(IReadOnlyList<ExportedGrid> grids, string code, string folder, CancellationToken cancel)
    {
        var source = await GridDrawing.WriteAsync(grids, Path.Combine(folder, "drawing.geojson"), IsInDegrees(code), cancel);
        var path = Path.Combine(folder, "grids.dxf");
        await gdal.WriteAsync("DXF", ["-sql", GridDrawing.Select, .. Systems(code), path, source], folder, cancel);
        return path;
    }

    private static bool IsInDegrees(string code) => SourceCrs.OfCode(code).Datum is not null;

    private static string[] Systems(string code) => IsInDegrees(code) ? ["-a_srs", code] : ["-s_srs", ExportCrs.Stored, "-t_srs", code];
}
