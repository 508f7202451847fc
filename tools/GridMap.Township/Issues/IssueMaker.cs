using GridMap.Core.Progress;
using GridMap.Township.Campaign;
using GridMap.Township.Chance;
using GridMap.Township.Grouping;
using GridMap.Township.Parcels;
using GridMap.Township.People;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace GridMap.Township.Issues;

/// <summary>
/// The issues of the campaign so far: more at the beginning and on workdays, more in zones that lag, in bunches at the same bad spots,
/// where their kind belongs. Nine are overdue.
/// </summary>
internal sealed class IssueMaker(Grid town, IReadOnlyList<Parcel> parcels, Raster water, Standing standing, Staff staff, Seeded chance)
{
    public const int Count = 1200;
    public const int OutsideCount = 6;
    public const int OverdueCount = 9;

    private readonly List<Grid> zones = [.. town.AllOf(3)];
    private readonly List<(Grid Zone, Coordinate Metres, Category Category)> spots = [];
    private readonly IPreparedGeometry territory = PreparedGeometryFactory.Prepare(town.Shape);
    private readonly List<Category> kinds = [.. Categories.All.Where(category => category.Parent is not null)];

    public List<Issue> Make()
    {
        var issues = new List<Issue>(Count + OutsideCount);
        while (issues.Count < Count)
        {
            if (Draw() is { } issue)
                issues.Add(issue);
        }

        Settle(issues);
        issues.AddRange(Enumerable.Range(0, OutsideCount).Select(_ => Outside()));
        return [.. issues.OrderBy(issue => issue.Reported).ThenBy(issue => issue.Place.X)];
    }

    private Issue? Draw()
    {
        var again = spots.Count > 40 && chance.Happens(0.42);
        var (zone, metres, category) = again ? Again() : Fresh();
        var place = DrawingBoard.ToLattice(metres);
        if (!territory.Contains(town.Shape.Factory.CreatePoint(place)))
            return null;
        if (!again)
            spots.Add((zone, metres, category));
        var hamlet = zone.Cooperative![..^3];
        var issue = new Issue
        {
            Reported = ReportTime(),
            Place = place,
            Category = category,
            Description = IssueText.Make(category, hamlet, chance),
            Source = chance.Unit() switch { < 0.52 => "resident", < 0.86 => "patrol", _ => "inspection" },
            Zone = zone.Code,
        };
        var late = chance.Happens(standing.Of(zone) switch { Light.Red => 0.26, Light.Yellow => 0.15, _ => 0.07 });
        IssueTimes.Run(issue, late, chance);
        IssueTimes.Cut(issue);
        return issue;
    }

    /// <summary>Of those that would be overdue now, only a few are: lagging zones' issues of the last weeks. The others were done in time.</summary>
    private void Settle(List<Issue> issues)
    {
        var code = zones.ToDictionary(zone => zone.Code);
        var stuck = issues
            .Where(issue => IssueTimes.Now - issue.Reported is > 3 * 1440 and < 26 * 1440)
            .Where(issue => standing.Of(code[issue.Zone!]) != Light.Green && issue.Category is { LimitUnit: "workdays", Limit: <= 5 })
            .ToList();
        stuck = [.. stuck.Where(issue => IssueTimes.Now - issue.Reported > (issue.Category.Limit + 3) * 1440)];
        chance.Shuffle(stuck);
        var kept = stuck.DistinctBy(issue => issue.Zone).Take(OverdueCount).ToHashSet();
        foreach (var issue in kept)
        {
            (issue.Rectified, issue.WrittenOff) = (null, null);
            if (chance.Happens(0.4))
                issue.Claimed = null;
        }

        foreach (var issue in issues.Where(issue => !kept.Contains(issue) && IssueTimes.IsOverdue(issue)))
        {
            IssueTimes.Run(issue, late: false, chance);
            IssueTimes.Cut(issue);
        }

        foreach (var issue in issues)
            Name(issue);
    }

    private void Name(Issue issue)
    {
        var day = CampaignTime.Days.At(issue.Reported / 1440);
        var worker = staff.Holder(issue.Zone!, chance.Happens(0.7) ? Duty.GridWorker : Duty.GridLeader, day).Id;
        issue.ClaimedBy = issue.Claimed is null ? "" : worker;
        issue.RectifiedBy = issue.Rectified is null ? "" : worker;
        issue.VerifiedBy = issue.WrittenOff is null ? "" : staff.Holder(issue.Zone![..12], Duty.Supervisor, day).Id;
    }

    private (Grid Zone, Coordinate Metres, Category Category) Fresh()
    {
        var zone = Weighted(zones, zone => (zone.Households + 60) * standing.Of(zone) switch { Light.Red => 2.3, Light.Yellow => 1.6, _ => 1 });
        var category = Weighted(kinds, kind => kind.Weight);
        var fitting = zone.Parcels.Where(id => category.Ground.Contains(parcels[id].Use)).ToList();
        if (category.Parent == "05" && fitting.Any(id => water.At(parcels[id].Middle) < 130))
            fitting = [.. fitting.Where(id => water.At(parcels[id].Middle) < 130)];
        var parcel = parcels[fitting.Count == 0 ? chance.Pick(zone.Parcels) : Weighted(fitting, id => Math.Min(parcels[id].Area, 20_000))];
        return (zone, BySide(parcel), category);
    }

    private (Grid Zone, Coordinate Metres, Category Category) Again()
    {
        var (zone, metres, category) = chance.Pick(spots);
        var near = new Coordinate(metres.X + chance.Around(34), metres.Y + chance.Around(34));
        return (zone, near, chance.Happens(0.6) ? category : Weighted(kinds, kind => kind.Weight));
    }

    /// <summary>Just off the edge of a parcel, where the lane is.</summary>
    private Coordinate BySide(Parcel parcel)
    {
        var ring = parcel.Metres.Shell.Coordinates;
        var i = chance.Below(ring.Length - 1);
        var (t, pull) = (chance.Unit(), chance.Range(0.02, 0.12));
        var (x, y) = (ring[i].X + (ring[i + 1].X - ring[i].X) * t, ring[i].Y + (ring[i + 1].Y - ring[i].Y) * t);
        return new Coordinate(x + (parcel.Middle.X - x) * pull, y + (parcel.Middle.Y - y) * pull);
    }

    private int ReportTime()
    {
        var days = CampaignTime.Days.IndexOf(CampaignTime.Today);
        while (true)
        {
            var day = chance.Between(0, days);
            var eager = 1 - 0.35 * day / days;
            var workday = CampaignTime.Calendar.IsWorkday(CampaignTime.Days.At(day)) ? 1 : 0.55;
            if (!chance.Happens(eager * workday))
                continue;
            var time = chance.Happens(0.55) ? 510 + chance.Around(130) : chance.Happens(0.7) ? 960 + chance.Around(150) : chance.Between(400, 1290);
            var minute = day * 1440 + (int)time;
            if (minute < IssueTimes.Now - 15)
                return minute;
        }
    }

    /// <summary>A report from just outside, which somebody must tell where to go.</summary>
    private Issue Outside()
    {
        var outer = town.Shape.Shell.Coordinates;
        while (true)
        {
            var corner = DrawingBoard.ToMetres(chance.Pick(outer));
            var place = DrawingBoard.ToLattice(new Coordinate(corner.X + chance.Around(900), corner.Y + chance.Around(900)));
            if (territory.Covers(town.Shape.Factory.CreatePoint(place)))
                continue;
            var category = Weighted(kinds, kind => kind.Weight);
            return new Issue
            {
                Reported = ReportTime(),
                Place = place,
                Category = category,
                Description = IssueText.Make(category, "镇界外", chance),
                Source = "resident",
            };
        }
    }

    private T Weighted<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var left = chance.Unit() * items.Sum(weight);
        foreach (var item in items)
        {
            left -= weight(item);
            if (left < 0)
                return item;
        }

        return items[^1];
    }
}
