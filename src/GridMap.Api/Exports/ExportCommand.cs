using System.CommandLine;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;

namespace GridMap.Api.Exports;

/// <summary><c>gridmap export OUT</c>: the same file as over HTTP. Exit code 0: written; 1: refused.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("OUT") { Description = "The file to write; .gpkg, .zip (Shapefiles) and .geojson name the format." };
        var format = new Option<string?>("--format") { Description = "gpkg, shp or geojson." };
        var level = new Option<int?>("--level") { Description = "One level; all by default." };
        var crs = new Option<string?>("--crs") { Description = "cgcs2000 (the default), wgs84 or an EPSG code, such as EPSG:4547." };
        var at = new Option<int?>("--at") { Description = "A generation's number; the present one by default." };
        var encoding = new Option<string?>("--encoding") { Description = "Of a Shapefile's texts: UTF-8 (the default) or GBK." };
        var command = new Command("export", "Write the grids to a file.") { target, format, level, crs, at, encoding };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var path = parsed.GetValue(target)!;
                var request = ExportRequest.Of(
                    parsed.GetValue(format) ?? ExportRequest.FormatOf(path), parsed.GetValue(level), parsed.GetValue(crs), parsed.GetValue(at), parsed.GetValue(encoding));
                await using var app = Service.Build(
                    [], builder => builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error), background: false);
                using var file = await app.Services.GetRequiredService<GridExport>().WriteAsync(request, Reach.Everywhere, cancel);
                File.Copy(file.Path, path, overwrite: true);
                Console.Out.WriteLine($"Wrote {path}.");
                return 0;
            }
            catch (ProblemException e)
            {
                await Console.Error.WriteLineAsync($"{e.Problem.Code}: {e.Problem.Detail}");
                return 1;
            }
        });
        return command;
    }
}
