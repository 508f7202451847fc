using System.Globalization;
using GridMap.Core.Calendars;
using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Locating;
using GridMap.Core.Progress;

namespace GridMap.Core.Tests.Township;

/// <summary>What the README of data/shapes promises, held against the files themselves.</summary>
public class TownshipTests
{
    private static readonly DateOnly LastDay = new(2026, 11, 21);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 22)]
    [InlineData(3, 173)]
    [InlineData(4, 1508)]
    public void Levels_have_the_grids_they_are_said_to_have(int level, int count) =>
        Assert.Equal(count, TownshipFiles.Shapes.Count(shape => shape.Level == level));

    [Fact]
    public void The_levels_are_one_coverage_without_a_defect_and_in_canonical_form()
    {
        var coverage = CoverageReader.Read(TownshipFiles.Shapes).Coverage;

        Assert.NotNull(coverage);
        Assert.Empty(CoverageValidator.Validate(coverage, DefectRules.Default));
        foreach (var (shape, derived) in TownshipFiles.Shapes.Zip(coverage.ToShapes()))
        {
            Assert.Equal(shape.Code, derived.Code);
            Assert.True(shape.Polygon.EqualsExact(derived.Polygon), shape.Code);
        }
    }

    [Fact]
    public void Children_make_up_their_parent_to_the_lattice_unit()
    {
        var area = TownshipFiles.Shapes.ToDictionary(shape => shape.Id, DoubledArea);
        foreach (var children in TownshipFiles.Shapes.Where(shape => shape.ParentId is not null).GroupBy(shape => shape.ParentId!.Value))
            Assert.Equal(area[children.Key], children.Aggregate((Int128)0, (sum, child) => sum + area[child.Id]));
    }

    [Fact]
    public void Codes_nest_and_zones_come_from_105_cooperatives()
    {
        var codes = TownshipFiles.Shapes.ToDictionary(shape => shape.Id, shape => shape.Code);

        Assert.All(TownshipFiles.Shapes, shape => Assert.Equal(6 + 3 * shape.Level, shape.Code.Length));
        Assert.All(
            TownshipFiles.Shapes.Where(shape => shape.ParentId is not null),
            shape => Assert.Equal(codes[shape.ParentId!.Value], shape.Code[..^3]));
        Assert.Equal(105, TownshipFiles.Features(3).Select(zone => zone.Properties.GetProperty("cooperative").GetString()).Distinct().Count());
    }

    [Fact]
    public void All_issues_but_six_lie_in_a_micro_grid()
    {
        var locator = new GridLocator(TownshipFiles.Shapes);
        var outside = 0;
        foreach (var row in TownshipFiles.Rows("issues.csv", 4))
        {
            var place = new LonLat(double.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture)).Snap();
            var chain = locator.Locate(place).Chain;
            outside += chain.IsEmpty ? 1 : 0;
            Assert.True(chain.IsEmpty || chain.Length == 4);
        }

        Assert.Equal(6, outside);
    }

    [Fact]
    public void Every_grid_down_to_the_zones_has_one_leader_on_every_day()
    {
        var terms = TownshipFiles.Rows("people.csv", 7).Where(row => row[4] == "grid_leader").ToLookup(row => row[3]);
        foreach (var code in TownshipFiles.Shapes.Where(shape => shape.Level <= 3).Select(shape => shape.Code))
        {
            for (var day = new DateOnly(2026, 9, 1); day <= LastDay; day = day.AddDays(1))
                Assert.Single(terms[code], row => Day(row[5]) <= day && (row[6].Length == 0 || day < Day(row[6])));
        }
    }

    [Fact]
    public void Twelve_zones_are_red_and_thirty_one_yellow_on_the_last_day_logged()
    {
        var series = Series(out var items);
        var lights = series.Values
            .Select(zone => ProgressFormula.Evaluate(zone, items, Campaign, LastDay, Calendar, LightLimits.Default).Light)
            .CountBy(light => light).ToDictionary();

        Assert.Equal(173, series.Count);
        Assert.Equal((12, 31, 130), (lights[Light.Red], lights[Light.Yellow], lights[Light.Green]));
    }

    [Fact]
    public void One_entry_takes_back_part_of_an_earlier_one()
    {
        var rows = TownshipFiles.Rows("worklog.csv", 9).ToDictionary(row => row[0]);
        var correction = Assert.Single(rows.Values, row => row[7].Length > 0);
        var corrected = rows[correction[7]];

        Assert.StartsWith("-", correction[4], StringComparison.Ordinal);
        Assert.NotEqual("", correction[8]);
        Assert.Equal(corrected[1..4], correction[1..4]);
        Assert.True(string.CompareOrdinal(corrected[6], correction[6]) < 0);
        Assert.True(Quantity(corrected[4]) + Quantity(correction[4]) > 0);
    }

    private static CampaignDays Campaign { get; } = new(new DateOnly(2026, 9, 1), new DateOnly(2026, 11, 30));

    private static WorkCalendar Calendar { get; } = new(
    [
        new(new(2026, 9, 20), true), new(new(2026, 9, 25), false), new(new(2026, 9, 26), false), new(new(2026, 9, 27), false),
        .. Enumerable.Range(1, 7).Select(day => new CalendarException(new DateOnly(2026, 10, day), false)), new(new(2026, 10, 10), true),
    ]);

    private static Dictionary<string, QuantitySeries> Series(out WorkItem[] items)
    {
        WorkItem[] weighed = [new("rubbish", 25), new("corners", 20), new("sheds", 20), new("lines", 15), new("greening", 20)];
        var zones = TownshipFiles.Shapes.Where(shape => shape.Level == 3)
            .ToDictionary(shape => shape.Code, _ => new QuantitySeriesBuilder(weighed.Length, Campaign, Calendar, FrozenDays.None));
        foreach (var row in TownshipFiles.Rows("schedule.csv", 5))
            zones[row[0]].AddPlan(Item(row[1]), Day(row[2]), Quantity(row[3]));
        foreach (var row in TownshipFiles.Rows("worklog.csv", 9))
            zones[row[1]].AddDone(Item(row[3]), Day(row[2]), Quantity(row[4]), DateTimeOffset.UnixEpoch);
        items = weighed;
        return zones.ToDictionary(zone => zone.Key, zone => zone.Value.Build());

        int Item(string code) => Array.FindIndex(weighed, item => item.Code == code);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Quantity(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Int128 DoubledArea(Grids.GridShape shape)
    {
        Int128 sum = 0;
        foreach (var polygon in shape.Polygon.Geometries.Cast<NetTopologySuite.Geometries.Polygon>())
        {
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            {
                var points = ring.Coordinates.Select(LatticePoint.From).ToArray();
                for (var i = 1; i < points.Length; i++)
                    sum += (Int128)points[i - 1].X * points[i].Y - (Int128)points[i].X * points[i - 1].Y;
            }
        }

        return sum;
    }
}
