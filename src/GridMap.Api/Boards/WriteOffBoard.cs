using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Boards;

/// <summary>What became of the issues that were reported in a time. "Closed" is not "fixed": both are told.</summary>
/// <param name="Reported">All of them.</param>
/// <param name="Open">Not closed.</param>
/// <param name="Overdue">Of these, beyond their time.</param>
/// <param name="WrittenOff">Checked and closed.</param>
/// <param name="Fixed">Of these, never opened again, and not without a photo.</param>
/// <param name="InTime">Of those written off, mended by the due time.</param>
/// <param name="Late">The others of them.</param>
/// <param name="Dismissed">Rejected, or joined with another.</param>
/// <param name="Returned">How often checks failed.</param>
/// <param name="Reopened">How often one was opened again.</param>
/// <param name="Exceptions">Written off without a photo.</param>
/// <param name="OnSpot">Mended on the spot.</param>
/// <param name="Rated">How many reporters said how satisfied they are.</param>
/// <param name="Stars">The sum of what they said, 1 to 5 each.</param>
public sealed record WriteOffFigures(
    int Reported, int Open, int Overdue, int WrittenOff, int Fixed, int InTime, int Late, int Dismissed, int Returned, int Reopened, int Exceptions, int OnSpot, int Rated, int Stars)
{
    public static WriteOffFigures Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static WriteOffFigures operator +(WriteOffFigures a, WriteOffFigures b) => new(
        a.Reported + b.Reported, a.Open + b.Open, a.Overdue + b.Overdue, a.WrittenOff + b.WrittenOff, a.Fixed + b.Fixed, a.InTime + b.InTime, a.Late + b.Late, a.Dismissed + b.Dismissed,
        a.Returned + b.Returned, a.Reopened + b.Reopened, a.Exceptions + b.Exceptions, a.OnSpot + b.OnSpot, a.Rated + b.Rated, a.Stars + b.Stars);
}

/// <summary>How much there was of what is counted in one unit. Units are never added to each other.</summary>
/// <param name="Unit">Such as 处 or 平方米.</param>
/// <param name="Reported">Of all issues; one each, or what was measured.</param>
/// <param name="WrittenOff">Of those that are written off.</param>
/// <param name="Unmeasured">Issues of a measured category of which nobody has said how much.</param>
public sealed record WriteOffQuantity(string Unit, decimal Reported, decimal WrittenOff, int Unmeasured);

/// <summary>A line of the board.</summary>
/// <param name="Grid">The grid; null for what lies in no grid of the level: with it the lines add up.</param>
/// <param name="Category">The category, or its heading; null where the board is not by category.</param>
/// <param name="Period">The first day of the day, week, month or year; null where the board is not by time.</param>
/// <param name="Figures">What became of its issues.</param>
/// <param name="Quantities">How much it was, by unit.</param>
public sealed record WriteOffLine(GridReference? Grid, string? Category, DateOnly? Period, WriteOffFigures Figures, IReadOnlyList<WriteOffQuantity> Quantities);

/// <summary>The write-off board (销号榜): a line for each grid of a level, or for each and category and stretch of time.</summary>
/// <param name="Level">1 is outermost.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Items">In the order of codes; the line without a grid last.</param>
/// <param name="Total">The sum of all lines.</param>
/// <param name="Quantities">The same of how much it was, by unit.</param>
public sealed record WriteOffBoard(int Level, DateOnly From, DateOnly To, IReadOnlyList<WriteOffLine> Items, WriteOffFigures Total, IReadOnlyList<WriteOffQuantity> Quantities);

/// <summary>Which issues are counted, and how.</summary>
/// <param name="Level">Of the grids; 1 is outermost.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Grid">With all inside it; null: everywhere.</param>
/// <param name="Category">With all under it; null: all.</param>
/// <param name="CategoryLevel">1 for headings, 2 for what is reported; null: not by category.</param>
/// <param name="Period">day, week, month or year; null: not by time.</param>
internal sealed record WriteOffQuestion(int Level, DateOnly From, DateOnly To, long? Grid, string? Category, int? CategoryLevel, string? Period);

/// <summary>Counts the board. Thread safe.</summary>
internal sealed class WriteOffBoards(Database database, IOptions<GridMapOptions> settings)
{
    private const string Sql =
        """
        select i.grid_id, case @CategoryLevel when 1 then coalesce(c.parent, c.code) when 2 then c.code end as category,
               case when @Period::text is not null then date_trunc(@Period, i.reported_at at time zone @zone)::date end as period, c.unit,
               coalesce(sum(coalesce(i.quantity, case when not c.measured then 1 end)), 0) as quantity,
               coalesce(sum(coalesce(i.quantity, case when not c.measured then 1 end)) filter (where state = 'writtenOff'), 0) as quantity_off,
               count(*) filter (where c.measured and i.quantity is null)::int as unmeasured,
               count(*)::int as reported,
               count(*) filter (where closed_at is null)::int as open,
               count(*) filter (where closed_at is null and paused_at is null and due_at < now())::int as overdue,
               count(*) filter (where state = 'writtenOff')::int as written_off,
               count(*) filter (where state = 'writtenOff' and reopened = 0 and exception = '')::int as fixed,
               count(*) filter (where state = 'writtenOff' and coalesce(rectified_at, closed_at) <= due_at)::int as in_time,
               count(*) filter (where state = 'writtenOff' and coalesce(rectified_at, closed_at) > due_at)::int as late,
               count(*) filter (where state in ('rejected', 'duplicate'))::int as dismissed,
               sum(returned)::int as returned, sum(reopened)::int as reopened,
               count(*) filter (where state = 'writtenOff' and exception <> '')::int as exceptions,
               count(*) filter (where on_spot)::int as on_spot,
               count(satisfaction)::int as rated, coalesce(sum(satisfaction), 0)::int as stars
        from issue i join category c on c.code = i.category
        where reported_at >= @From::timestamp at time zone @zone and reported_at < (@To::date + 1)::timestamp at time zone @zone
          and (@Category::text is null or c.code = @Category or c.parent = @Category)
          and (@Grid::bigint is null or i.grid_id in (select reach(array[@Grid])))
          and (@visible::bigint[] is null or grid_id in (select reach(@visible)))
        group by i.grid_id, 2, 3, 4
        """;

    /// <summary>Counts.</summary>
    public async Task<WriteOffBoard> CountAsync(Snapshot snapshot, Caller caller, WriteOffQuestion question, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql,
            new
            {
                question.From,
                question.To,
                question.Category,
                question.CategoryLevel,
                question.Period,
                question.Grid,
                zone = settings.Value.TimeZone,
                visible = caller.ReachOf(Permission.SeeMap).Roots,
            },
            cancellationToken: cancel));
        var lines = new Dictionary<(long Grid, string? Category, DateOnly? Period), WriteOffSum>();
        var total = new WriteOffSum();
        foreach (var row in rows)
        {
            var key = (snapshot.AtLevel(row.GridId, question.Level)?.Id ?? 0, row.Category, row.Period);
            if (!lines.TryGetValue(key, out var sum))
                lines.Add(key, sum = new WriteOffSum());
            sum.Add(row.Figures, row.Amount);
            total.Add(row.Figures, row.Amount);
        }

        var items = lines.Select(line => new WriteOffLine(
                line.Key.Grid == 0 ? null : GridReference.To(snapshot.ById(line.Key.Grid)!), line.Key.Category, line.Key.Period, line.Value.Figures, line.Value.Quantities))
            .OrderBy(line => line.Grid is null).ThenBy(line => line.Grid?.Code, StringComparer.Ordinal).ThenBy(line => line.Category, StringComparer.Ordinal).ThenBy(line => line.Period).ToList();
        return new WriteOffBoard(question.Level, question.From, question.To, items, total.Figures, total.Quantities);
    }

    private sealed record Row(
        long? GridId, string? Category, DateOnly? Period, string Unit, decimal Quantity, decimal QuantityOff, int Unmeasured, int Reported, int Open, int Overdue, int WrittenOff, int Fixed, int InTime, int Late, int Dismissed, int Returned, int Reopened, int Exceptions, int OnSpot,
        int Rated, int Stars)
    {
        public WriteOffFigures Figures => new(Reported, Open, Overdue, WrittenOff, Fixed, InTime, Late, Dismissed, Returned, Reopened, Exceptions, OnSpot, Rated, Stars);

        public WriteOffQuantity Amount => new(Unit, Quantity, QuantityOff, Unmeasured);
    }
}
