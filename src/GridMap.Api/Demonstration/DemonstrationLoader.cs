using Dapper;
using GridMap.Api.Categories;
using GridMap.Api.Context;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Demonstration;

/// <summary>Loads the invented township into an empty database, so that a newcomer sees a living map; <c>DEMO=0</c> leaves it empty.</summary>
internal sealed partial class DemonstrationLoader(
    Database database, DemonstrationState state, DemonstrationGrids grids, DemonstrationPeople people, ShippedCategories categories, DemonstrationIssues issues,
    DemonstrationCampaign campaign, DemonstrationSurveys surveys, DemonstrationAccounts accounts, ContextLayers context, IConfiguration configuration,
    IOptions<GridMapOptions> options, TimeProvider clock, ILogger<DemonstrationLoader> log)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        await state.ReadAsync(cancel);
        if (configuration["DEMO"] == "0" || state.IsLoaded)
        {
            return;
        }

        // Several processes may start at once on one empty database: one of them loads.
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync("select pg_advisory_lock(@Demonstration)", new { AdvisoryKeys.Demonstration });
        try
        {
            await state.ReadAsync(cancel);
            if (!state.IsLoaded && await IsEmptyAsync(cancel))
            {
                await LoadAsync(cancel);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@Demonstration)", new { AdvisoryKeys.Demonstration });
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Loading(log);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        var files = new DemonstrationFiles(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime), zone);
        var ids = await grids.LoadAsync(files, cancel);
        var known = await people.LoadAsync(files, ids, cancel);
        await categories.RunAsync(cancel);
        await issues.LoadAsync(files, known, cancel);
        await campaign.LoadAsync(files, ids, known, cancel);
        await surveys.LoadAsync(files, cancel);
        if (!context.Exist)
        {
            File.Copy(files.PathOf("context.geojson"), context.File);
        }

        await state.KeepAsync(ids.Count, await accounts.LoadAsync(cancel), cancel);
        Loaded(log, ids.Count, known.Count);
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(
            "select not exists (select from generation) and not exists (select from plan) and not exists (select from issue)");
    }

    [LoggerMessage(1401, LogLevel.Information, "The database is empty: loading the demonstration township (DEMO=0 leaves it empty)")]
    private static partial void Loading(ILogger log);

    [LoggerMessage(1402, LogLevel.Information, "Loaded {Grids} grids and {People} people, all invented")]
    private static partial void Loaded(ILogger log, int grids, int people);
}
