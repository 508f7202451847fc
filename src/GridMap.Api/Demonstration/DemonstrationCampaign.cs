using System.Globalization;
using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Demonstration;

/// <summary>Loads the township's campaign: its schedule, its work log with one correction, the days that were frozen at the next noon, resources and this week's days.</summary>
internal sealed class DemonstrationCampaign(Database database)
{
    private const string Rubbish = "rubbish";

    private const string LogSql =
        """
        insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name, by_role, note)
        select @id, x.grid, x.item, x.day, x.quantity, x.recorded, x.by, x.role, x.note
        from unnest(@grids, @items, @days, @quantities, @recorded, @by, @roles, @notes)
          as x (grid, item, day, quantity, recorded, by, role, note)
        order by x.recorded
        """;

    private const string CorrectionSql =
        """
        insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name, by_role, note, corrects)
        select campaign_id, grid_id, item, @day, @quantity, @recorded, @by, @role, @note, id
        from work_log where campaign_id = @id and grid_id = @grid and item = @item and recorded_at = @corrected
        """;

    private const string PeopleSql =
        """
        insert into head_count (campaign_id, grid_id, day, people, recorded_at)
        select @id, x.grid, x.day, x.people, x.recorded from unnest(@grids, @days, @people, @recorded) as x (grid, day, people, recorded)
        where x.people > 0
        """;

    private const string FreezeSql =
        "insert into frozen_day (campaign_id, day, frozen_at) select @id, x.day, x.noon from unnest(@days, @noons) as x (day, noon)";

    public async Task LoadAsync(DemonstrationFiles files, Dictionary<string, long> grids, Dictionary<string, DemonstrationPerson> people, CancellationToken cancel)
    {
        var form = ReadCampaign(files);
        var log = ReadLog(files, grids);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var id = await CampaignStore.InsertAsync(transaction, form, Reach.Everywhere);
        var schedule = ReadSchedule(files, grids).ToList();
        await Schedule.StoreAsync(transaction, id, schedule, files.Midnight(form.From), "gridmap");
        await InsertLogAsync(transaction, id, log);
        await FreezeAsync(transaction, id, files, form.From, log.Max(entry => entry.Day));
        await DemonstrationResources.LoadAsync(
            transaction, id, schedule.Where(entry => entry.Item == Rubbish).GroupBy(entry => entry.Grid.Id).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Quantity)),
            log.Select(entry => new DemonstrationWork(entry.Grid, entry.Day, entry.Item == Rubbish ? entry.Quantity : 0, entry.HeadCount, entry.Recorded, entry.By)));
        await DemonstrationArrangements.LoadAsync(transaction, id, form, files, grids, people);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static CampaignForm ReadCampaign(DemonstrationFiles files)
    {
        var told = JsonSerializer.Deserialize<Told>(File.ReadAllText(files.PathOf("campaign.json")), JsonSerializerOptions.Web)!;
        return CampaignForm.Read(
            new NewCampaign(told.Name, told.NameEn, files.Day(told.From), files.Day(told.To), told.Level, told.Items, null, null), _ => true);
    }

    private static IEnumerable<ScheduleForm> ReadSchedule(DemonstrationFiles files, Dictionary<string, long> grids) =>
        files.Table("schedule.csv").Select(row => new ScheduleForm(
            new CampaignGrid(grids[row["zone"]], row["zone"], "", 0, null, IsZone: true), row["item"], files.Day(Date(row["week"])),
            Number(row["planned"]), row["goal"].Length == 0 ? null : row["goal"], 0));

    private static List<Entry> ReadLog(DemonstrationFiles files, Dictionary<string, long> grids)
    {
        var people = files.Table("people.csv").Where(row => row["role"] is "grid_worker" or "grid_leader")
            .OrderByDescending(row => row["role"], StringComparer.Ordinal).GroupBy(row => row["grid"]).ToDictionary(group => group.Key, group => group.First());
        return [.. files.Table("worklog.csv").Select(row =>
        {
            var who = people.GetValueOrDefault(row["zone"]);
            return new Entry(
                row["id"], grids[row["zone"]], row["item"], files.Day(Date(row["day"])), Number(row["quantity"]),
                int.Parse(row["headCount"], CultureInfo.InvariantCulture), files.Moment(row["recorded"]), who?["name"] ?? "网格办", who?["role"],
                row["note"], row["correctionOf"]);
        })];
    }

    private static async Task InsertLogAsync(NpgsqlTransaction transaction, long id, List<Entry> log)
    {
        var connection = transaction.Connection!;
        var plain = log.Where(entry => entry.CorrectionOf.Length == 0).ToList();
        var columns = new
        {
            id,
            grids = plain.Select(entry => entry.Grid).ToArray(),
            items = plain.Select(entry => entry.Item).ToArray(),
            days = plain.Select(entry => entry.Day).ToArray(),
            quantities = plain.Select(entry => entry.Quantity).ToArray(),
            people = plain.Select(entry => entry.HeadCount).ToArray(),
            recorded = plain.Select(entry => entry.Recorded).ToArray(),
            by = plain.Select(entry => entry.By).ToArray(),
            roles = plain.Select(entry => entry.Role).ToArray(),
            notes = plain.Select(entry => entry.Note).ToArray(),
        };
        await connection.ExecuteAsync(LogSql, columns, transaction);
        await connection.ExecuteAsync(PeopleSql, columns, transaction);
        var byName = plain.ToDictionary(entry => entry.Name);
        await connection.ExecuteAsync(
            CorrectionSql,
            log.Except(plain).Select(entry => new
            {
                id,
                entry.Grid,
                entry.Item,
                entry.Day,
                entry.Quantity,
                entry.Recorded,
                entry.By,
                entry.Role,
                entry.Note,
                corrected = byName[entry.CorrectionOf].Recorded,
            }),
            transaction);
    }

    // The last day is still open: what comes the next morning counts.
    private static Task FreezeAsync(NpgsqlTransaction transaction, long id, DemonstrationFiles files, DateOnly first, DateOnly last)
    {
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber).Select(first.AddDays).ToArray();
        return transaction.Connection!.ExecuteAsync(
            FreezeSql, new { id, days, noons = days.Select(day => files.Midnight(day.AddDays(1)).AddHours(12)).ToArray() }, transaction);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Told(string Name, string NameEn, DateOnly From, DateOnly To, int Level, IReadOnlyList<NewCampaignItem?> Items);

    private sealed record Entry(
        string Name, long Grid, string Item, DateOnly Day, decimal Quantity, int HeadCount, DateTime Recorded, string By, string? Role, string Note,
        string CorrectionOf);
}
