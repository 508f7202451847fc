using Dapper;
using GridMap.Api.Campaigns;
using Npgsql;

namespace GridMap.Api.Demonstration;

/// <summary>Arranges the week that it is: the goals of some zones on days, with their workers, a day that comes back, and what month and week are about.</summary>
internal static class DemonstrationArrangements
{
    /// <summary>Every so many zones one has its days arranged.</summary>
    private const int EachOf = 12;

    private const string DaysSql =
        "insert into arrangement (campaign_id, grid_id, day, words, person_id) select @id, x.grid, x.day, x.words, x.person from unnest(@grids, @days, @words, @people) as x (grid, day, words, person)";

    private const string RhythmSql =
        """
        insert into recurring_arrangement (campaign_id, grid_id, rule, words, from_day, to_day) values (@id, null, 'FREQ=WEEKLY;BYDAY=TU', '全域清扫：房前屋后、公共区域', @From, @To);
        insert into campaign_focus (campaign_id, span, from_day, grid_id, words)
        values (@id, 'month', @month, @target, '一月一村大会战'), (@id, 'week', @monday, null, '清沟渠、清杂物、清死角');
        """;

    /// <summary>Arranges.</summary>
    /// <param name="transaction">Of the campaign.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="form">The campaign's days.</param>
    /// <param name="files">The township.</param>
    /// <param name="grids">Ids by code.</param>
    /// <param name="people">By their id in the files.</param>
    public static async Task LoadAsync(
        NpgsqlTransaction transaction, long id, CampaignForm form, DemonstrationFiles files, Dictionary<string, long> grids, Dictionary<string, DemonstrationPerson> people)
    {
        var monday = Weeks.MondayOf(files.Today);
        var target = grids.Keys.Where(code => code.Length == 12 && code[9] == '2').Order(StringComparer.Ordinal).First();
        var days = Days(files, monday, people).Append((Grid: target, Day: monday.AddDays(3), Words: "大会战现场会", Person: null)).ToList();
        await transaction.Connection!.ExecuteAsync(
            DaysSql,
            new
            {
                id,
                grids = days.Select(day => grids[day.Grid]).ToArray(),
                days = days.Select(day => day.Day).ToArray(),
                words = days.Select(day => day.Words).ToArray(),
                people = days.Select(day => day.Person).ToArray(),
            },
            transaction);
        await transaction.Connection!.ExecuteAsync(
            RhythmSql, new { id, form.From, form.To, month = new DateOnly(files.Today.Year, files.Today.Month, 1), monday, target = grids[target] }, transaction);
    }

    // The first zone is that of the worker who has an account: today is one of their days.
    private static IEnumerable<(string Grid, DateOnly Day, string Words, long? Person)> Days(
        DemonstrationFiles files, DateOnly monday, Dictionary<string, DemonstrationPerson> people)
    {
        var workers = files.Table("people.csv").Where(row => row["role"] == "grid_worker" && row["to"].Length == 0)
            .GroupBy(row => row["grid"]).ToDictionary(group => group.Key, group => people[group.First()["id"]].Id);
        var goals = files.Table("schedule.csv").Where(row => row["goal"].Length > 0)
            .GroupBy(row => row["zone"]).OrderBy(group => group.Key, StringComparer.Ordinal).Where(group => workers.ContainsKey(group.Key)).ToList();
        for (var i = 0; i < goals.Count; i += EachOf)
        {
            var (zone, words) = (goals[i].Key, goals[i].Select(row => row["goal"].ReplaceLineEndings("、")).TakeLast(2).ToList());
            DateOnly[] days = i == 0 ? [files.Today, files.Today == monday ? monday.AddDays(2) : monday] : [monday.AddDays(i / EachOf % 3), monday.AddDays(3 + i / EachOf % 2)];
            for (var n = 0; n < days.Length; n++)
                yield return (zone, days[n], words[n % words.Count], workers[zone]);
        }
    }
}
