using System.CommandLine;
using GridMap.Api.Hosting;

namespace GridMap.Api.Checks;

/// <summary><c>gridmap check</c>: holds the locator to PostGIS over the published generation; exit code 1 when they differ.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var points = new Option<int>("--points") { Description = "Random points.", DefaultValueFactory = _ => 20_000 };
        var ties = new Option<int>("--ties") { Description = "Points exactly on borders.", DefaultValueFactory = _ => 5_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed draws the same points.", DefaultValueFactory = _ => 1 };
        var command = new Command("check", "Look points up in the locator and in PostGIS, at every level, and count the differences.") { points, ties, seed };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = Service.Build([], background: false);
            var check = app.Services.GetRequiredService<LocatorCheck>();
            var result = await check.RunAsync(parsed.GetValue(points), parsed.GetValue(ties), parsed.GetValue(seed), cancel);
            Console.WriteLine(
                $"generation {result.Generation}: {result.Points} points ({result.OnBorders} on borders), {result.Answers} answers compared, " +
                $"{result.Mismatches} mismatches; locator {result.LocatorSeconds:F1} s, PostGIS {result.PostgisSeconds:F1} s");
            return result.Mismatches == 0 ? 0 : 1;
        });
        return command;
    }
}
