using GridMap.Api.Hosting;

namespace GridMap.Api.Campaigns;

/// <summary>A grid of the campaign's generation, on the zones' level or outside it.</summary>
internal sealed record CampaignGrid(long Id, string Code, string Name, int Level, long? ParentId, bool IsZone);

/// <summary>A campaign's zones and the grids round them, as they were at its start. Immutable and thread safe.</summary>
internal sealed class CampaignGrids
{
    private readonly Dictionary<long, CampaignGrid> byId;
    private readonly Dictionary<string, CampaignGrid> byCode;
    private readonly ILookup<int, CampaignGrid> byLevel;
    private readonly ILookup<long, CampaignGrid> zonesInside;
    private readonly IReadOnlyDictionary<long, long> formers;

    /// <param name="grids">Zones and the grids round them.</param>
    /// <param name="formers">Grids that took part before the campaign was re-based, with their heirs.</param>
    public CampaignGrids(IReadOnlyCollection<CampaignGrid> grids, IReadOnlyDictionary<long, long>? formers = null)
    {
        this.formers = formers ?? new Dictionary<long, long>();
        byId = grids.ToDictionary(grid => grid.Id);
        byCode = grids.ToDictionary(grid => grid.Code);
        byLevel = grids.OrderBy(grid => grid.Code, StringComparer.Ordinal).ToLookup(grid => grid.Level);
        zonesInside = grids.Where(grid => grid.IsZone)
            .SelectMany(zone => Ancestors(zone).Select(ancestor => (ancestor.Id, zone)))
            .ToLookup(pair => pair.Id, pair => pair.zone);
    }

    /// <summary>The grids of a level that are zones or hold zones, by code.</summary>
    public IEnumerable<CampaignGrid> Rows(int level) => byLevel[level];

    /// <summary>All grids, in no order.</summary>
    public IEnumerable<CampaignGrid> All => byId.Values;

    /// <summary>All zones, by code.</summary>
    public IEnumerable<CampaignGrid> AllZones => byLevel.SelectMany(level => level).Where(grid => grid.IsZone);

    public CampaignGrid? ById(long id) => byId.GetValueOrDefault(id);

    /// <summary>
    /// The innermost grid in whose sums an entry for a grid stands: itself, or what is round the heir of one that is gone, since its own figures moved on to the heir.
    /// </summary>
    public CampaignGrid? Holder(long id)
    {
        if (ById(id) is { } itself)
            return itself;
        var heir = id;
        for (var steps = 0; steps <= formers.Count && formers.TryGetValue(heir, out var next); steps++)
        {
            heir = next;
            if (ById(heir) is { } there)
                return Parent(there) ?? there;
        }

        return null;
    }

    /// <summary>The grid that a request names.</summary>
    /// <exception cref="ProblemException">400: none of the campaign.</exception>
    public CampaignGrid Named(string? code, string field = "grid") =>
        (code is null ? null : ByCode(code))
        ?? throw new ProblemException(Problem.Bad(field, "bad_grid", $"{field} is the code of a zone of this campaign, or of a grid round zones."));

    public CampaignGrid? ByCode(string code) => byCode.GetValueOrDefault(code);

    public CampaignGrid? Parent(CampaignGrid grid) => grid.ParentId is { } id ? ById(id) : null;

    /// <summary>The zones inside a grid; itself if it is one.</summary>
    public IReadOnlyCollection<CampaignGrid> Zones(CampaignGrid grid) => [.. zonesInside[grid.Id]];

    /// <summary>A grid and those round it, innermost first.</summary>
    public IEnumerable<CampaignGrid> Ancestors(CampaignGrid grid)
    {
        for (var at = grid; at is not null; at = Parent(at))
        {
            yield return at;
        }
    }

    /// <summary>The grid and all inside it.</summary>
    public IEnumerable<CampaignGrid> Inside(CampaignGrid grid) => byId.Values.Where(one => Ancestors(one).Any(ancestor => ancestor.Id == grid.Id));
}
