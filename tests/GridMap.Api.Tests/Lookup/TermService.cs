using Dapper;
using GridMap.Api.Tests.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Lookup;

/// <summary>
/// The small township with people on its grids whose terms begin and end around a clock that the test sets: one follows another,
/// one stands in, some overlap, some are for ever. Names are shown by surname, on the innermost level in full.
/// </summary>
public sealed class TermService() : TestService(new Dictionary<string, string?>
{
    ["GridMap:PublicNames"] = "Surname",
    ["GridMap:PublicNamesInnermost"] = "Full",
})
{
    private static readonly (string Grid, string Role, string Name, double? From, double? To, bool StandsIn)[] Terms =
    [
        ("T", "grid_leader", "欧阳一", null, null, false),
        ("T", "supervisor", "监督", 0, 5, false),
        ("T1", "grid_leader", "张一", null, 1, false),
        ("T1", "grid_leader", "李二", 1, null, false),
        ("T1", "grid_worker", "王三", 1, 3, false),
        ("T1.2", "grid_leader", "赵四", null, null, false),
        ("T1.2", "grid_leader", "代班人", 2, 4, true),
        ("T1.2.a", "volunteer", "志愿者\"甲\"<&>", 2, 3, false),
        ("T1.2.b", "grid_worker", "微网格员", 3, 5, false),
        ("T2.1", "grid_worker", "周五", null, 0, false),
    ];

    /// <summary>When the first term begins; all are counted in hours from it.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 27, 8, 0, 0, TimeSpan.FromHours(8));

    /// <summary>All beginnings and ends.</summary>
    public static IReadOnlyList<DateTimeOffset> Changes { get; } = [.. Enumerable.Range(0, 6).Select(hours => Start.AddHours(hours))];

    public TestClock Clock { get; } = new() { Now = Start };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PublishAsync(TestTownship.First);
        await using var connection = await Owner.OpenConnectionAsync();
        foreach (var term in Terms)
        {
            await connection.ExecuteAsync(
                """
                with p as (insert into person (name) values (@Name) returning id)
                insert into duty (grid_id, person_id, role, from_at, to_at, stands_in_for)
                select g.grid_id, p.id, @Role, @From, @To, case when @StandsIn then (select max(id) from duty where grid_id = g.grid_id) end
                from grid_code g, p where g.code = @Grid
                """,
                new
                {
                    term.Grid,
                    term.Role,
                    term.Name,
                    From = At(term.From ?? -1000),
                    To = term.To is { } to ? At(to) : (DateTime?)null,
                    term.StandsIn,
                });
        }

        await Eventually.TrueAsync(() => Snapshots.Current.Grids.Sum(grid => grid.Duties.Count) == Terms.Length, "the terms are served");
    }

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    private static DateTime At(double hours) => Start.AddHours(hours).UtcDateTime;
}
