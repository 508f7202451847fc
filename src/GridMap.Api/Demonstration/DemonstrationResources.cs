using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Resources;
using Npgsql;

namespace GridMap.Api.Demonstration;

/// <summary>What a zone did on a day, as far as resources hang on it.</summary>
internal sealed record DemonstrationWork(long Grid, DateOnly Day, decimal Rubbish, int People, DateTime Recorded, string By);

/// <summary>Plans and uses the campaign's resources: what is planned follows the rubbish to be removed, what was used each week the work log.</summary>
internal static class DemonstrationResources
{
    private const decimal TonnesPerVehicle = 4;
    private const decimal VehiclesInReserve = 1.1m;
    private const decimal TonnesPerCleaner = 40;
    private const decimal VolunteersPerTonne = 1.6m;
    private const decimal VolunteersOfPeople = 0.4m;
    private const decimal YuanPerVehicle = 600;
    private const decimal YuanPerVolunteer = 15;
    private const decimal YuanPerCleaner = 3000;

    /// <summary>The wages are spread over the campaign's weeks.</summary>
    private const decimal WeeksOfWages = 13;

    /// <summary>Every so many zones one had to hire machines and has gone over its money.</summary>
    private const int OneOver = 23;

    private const string UsesSql =
        """
        insert into resource_use (campaign_id, grid_id, resource, day, quantity, recorded_at, by_name, note)
        select @id, x.grid, x.resource, x.day, x.quantity, x.recorded, x.by, x.note
        from unnest(@grids, @resources, @days, @quantities, @recorded, @by, @notes) as x (grid, resource, day, quantity, recorded, by, note)
        order by x.recorded, x.grid, x.resource
        """;

    // Somebody counted one of their trips twice.
    private const string CorrectionSql =
        """
        insert into resource_use (campaign_id, grid_id, resource, day, quantity, recorded_at, by_name, note, corrects)
        select campaign_id, grid_id, resource, day, -1, recorded_at + interval '40 minutes', by_name, '多记一个台班', id
        from resource_use where campaign_id = @id and resource = 'vehicles' and quantity > 1 order by recorded_at desc, id limit 1
        """;

    /// <summary>Plans and uses them.</summary>
    /// <param name="transaction">Of the campaign.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="planned">The tonnes that each zone plans.</param>
    /// <param name="work">What was done.</param>
    public static async Task LoadAsync(NpgsqlTransaction transaction, long id, IReadOnlyDictionary<long, decimal> planned, IEnumerable<DemonstrationWork> work)
    {
        var plans = planned.OrderBy(pair => pair.Key).Select(pair => Plan.Of(pair.Key, pair.Value)).ToList();
        var entries = plans.SelectMany(plan => plan.Entries).ToList();
        await transaction.Connection!.ExecuteAsync(
            ResourcePlans.StoreSql,
            new
            {
                id,
                grids = entries.Select(entry => entry.Grid).ToArray(),
                resources = entries.Select(entry => entry.Resource).ToArray(),
                quantities = entries.Select(entry => entry.Quantity).ToArray(),
            },
            transaction);
        var done = work.GroupBy(one => one.Grid).ToDictionary(group => group.Key, group => group.ToList());
        var uses = plans.SelectMany((plan, i) => Uses(plan, done.GetValueOrDefault(plan.Grid, []), isOver: i % OneOver == OneOver / 2)).Where(use => use.Quantity > 0).ToList();
        await transaction.Connection!.ExecuteAsync(
            UsesSql,
            new
            {
                id,
                grids = uses.Select(use => use.Grid).ToArray(),
                resources = uses.Select(use => use.Resource).ToArray(),
                days = uses.Select(use => use.Day).ToArray(),
                quantities = uses.Select(use => use.Quantity).ToArray(),
                recorded = uses.Select(use => use.Recorded).ToArray(),
                by = uses.Select(use => use.By).ToArray(),
                notes = uses.Select(use => use.Note).ToArray(),
            },
            transaction);
        await transaction.Connection!.ExecuteAsync(CorrectionSql, new { id }, transaction);
    }

    private static IEnumerable<Use> Uses(Plan plan, List<DemonstrationWork> work, bool isOver)
    {
        foreach (var week in work.GroupBy(one => Weeks.MondayOf(one.Day)).OrderBy(group => group.Key))
        {
            var last = week.MaxBy(one => (one.Day, one.Recorded))!;
            var vehicles = Math.Round(week.Sum(one => one.Rubbish) / TonnesPerVehicle);
            var volunteers = Math.Round(week.Sum(one => one.People) * VolunteersOfPeople);
            if (week.Min(one => one.Day) == work.Min(one => one.Day))
                yield return Of("cleaners", plan.Cleaners - (plan.Grid % 4 == 0 ? 1 : 0));
            yield return Of("vehicles", vehicles);
            yield return Of("volunteers", volunteers);
            var wages = plan.Cleaners * YuanPerCleaner / WeeksOfWages;
            var money = vehicles * YuanPerVehicle + volunteers * YuanPerVolunteer + wages;
            yield return isOver
                ? Of("money", Math.Round(money * 1.4m / 10) * 10, "含租用挖掘机")
                : Of("money", Math.Round(money / 10) * 10);

            Use Of(string resource, decimal quantity, string note = "") => new(plan.Grid, resource, last.Day, quantity, last.Recorded, last.By, note);
        }
    }

    private sealed record Plan(long Grid, decimal Cleaners, decimal Volunteers, decimal Vehicles, decimal Money)
    {
        public IEnumerable<(long Grid, string Resource, decimal Quantity)> Entries =>
            [(Grid, "cleaners", Cleaners), (Grid, "volunteers", Volunteers), (Grid, "vehicles", Vehicles), (Grid, "money", Money)];

        public static Plan Of(long grid, decimal tonnes)
        {
            var cleaners = 2 + Math.Round(tonnes / TonnesPerCleaner);
            var volunteers = Math.Round(tonnes * VolunteersPerTonne / 10) * 10;
            var vehicles = Math.Ceiling(tonnes / TonnesPerVehicle * VehiclesInReserve);
            var money = cleaners * YuanPerCleaner + volunteers * YuanPerVolunteer + vehicles * YuanPerVehicle;
            return new Plan(grid, cleaners, volunteers, vehicles, Math.Ceiling(money / 500) * 500);
        }
    }

    private sealed record Use(long Grid, string Resource, DateOnly Day, decimal Quantity, DateTime Recorded, string By, string Note);
}
