using System.CommandLine;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;

namespace GridMap.Api.Exports;

/// <summary><c>gridmap export OUT</c>: the same file as over HTTP. Exit code 0: written; 1: refused.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("OUT") { Description = "The file to write; .gpkg, .zip (Shapefiles), .dxf, .geojson, .kml and .xlsx name the format." };
        var format = new Option<string?>("--format") { Description = $"{ExportFormats.Accepted}." };
        var level = new Option<int?>("--level") { Description = "One level; all by default." };
        var crs = new Option<string?>("--crs") { Description = "cgcs2000 (the default), wgs84 or an EPSG code, such as EPSG:4547." };
        var zone = new Option<string?>("--zone") { Description = "A CGCS2000 3-degree Gauss-Kruger zone instead: auto, or 25 to 45. A drawing's default is auto." };
        var at = new Option<int?>("--at") { Description = "A generation's number; the present one by default." };
        var plan = new Option<long?>("--plan") { Description = "A plan's number, instead of a generation." };
        var encoding = new Option<string?>("--encoding") { Description = "Of a Shapefile's texts: utf-8 (the default) or gbk." };
        var people = new Option<bool>("--people") { Description = "With who answers for each grid." };
        var command = new Command("export", "Write the grids to a file.") { target, format, level, crs, zone, at, plan, encoding, people };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var path = parsed.GetValue(target)!;
                if (parsed.GetValue(at) is not null && parsed.GetValue(plan) is not null)
                    throw new ProblemException(Problem.Bad("plan", "at_and_plan", "Give --at or --plan, not both."));
                var request = ExportRequest.Of(
                    new ExportSource(parsed.GetValue(at), parsed.GetValue(plan)),
                    new ExportOptions(
                        parsed.GetValue(format) ?? ExportFormats.WordOfFile(path), parsed.GetValue(level), parsed.GetValue(crs), parsed.GetValue(zone),
                        parsed.GetValue(encoding), parsed.GetValue(people)));
                await using var app = Service.Build(
                    [], builder => builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error), background: false);
                using var file = await app.Services.GetRequiredService<GridExport>().WriteAsync(request, Caller.Program, cancel);
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
