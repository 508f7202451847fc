using System.Globalization;
using GridMap.Township.Chance;
using GridMap.Township.Grouping;
using GridMap.Township.Writing;

namespace GridMap.Township.People;

/// <summary>
/// Who answers for what. Levels 1 to 3 have a leader each, communities a supervisor from the town, zones one or two workers,
/// micro-grids a volunteer from among the households; a few of these posts are vacant. Some terms changed hands during the year.
/// </summary>
internal sealed class Staff
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    private readonly Seeded chance;
    private readonly HashSet<string> names = [];
    private readonly List<Duty> duties = [];
    private int count;

    public Staff(Grid town, Seeded chance)
    {
        this.chance = chance;
        Hold(town, Duty.GridLeader, 0);
        foreach (var community in town.Children)
        {
            Hold(community, Duty.GridLeader, 0.09);
            Hold(community, Duty.Supervisor, 0.05);
        }

        foreach (var zone in town.AllOf(3))
        {
            Hold(zone, Duty.GridLeader, 0.06);
            Hold(zone, Duty.GridWorker, 0.05);
            if (zone.Households > 430)
                Hold(zone, Duty.GridWorker, 0);
        }

        foreach (var micro in town.AllOf(4).Where(_ => chance.Happens(0.965)))
            Hold(micro, Duty.Volunteer, 0.01);
    }

    public IReadOnlyList<Duty> Duties => duties;

    public Person Holder(string grid, string role, DateOnly day) =>
        duties.First(duty => duty.Grid == grid && duty.Role == role && duty.HoldsOn(day)).Person;

    public void Save(string path)
    {
        var file = new Csv("id", "name", "phone", "grid", "role", "from", "to");
        foreach (var duty in duties)
        {
            file.Add(duty.Person.Id, duty.Person.Name, duty.Person.Phone, duty.Grid, duty.Role, Day(duty.From), duty.To is { } end ? Day(end) : "");
        }

        file.Save(path);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Fills a post, by two people one after the other with the given probability.</summary>
    private void Hold(Grid grid, string role, double changed)
    {
        var start = Start;
        if (chance.Happens(changed))
        {
            var end = Start.AddDays(chance.Between(60, 310));
            duties.Add(new Duty(NewPerson(), grid.Code, role, Start, end));
            start = end;
        }

        duties.Add(new Duty(NewPerson(), grid.Code, role, start, null));
    }

    private Person NewPerson()
    {
        count++;
        var name = PersonNames.Make(chance);
        for (var tries = 0; tries < 40 && !names.Add(name); tries++)
            name = PersonNames.Make(chance);
        return new Person($"p{count:0000}", name, $"100{chance.Below(10000):0000}{count:0000}");
    }
}
