using GridMap.Api.Hosting;
using Microsoft.Extensions.Options;

namespace GridMap.Api.BaseMaps;

/// <summary>The base maps of this installation, looked at once when it starts. Immutable.</summary>
internal sealed partial class BaseMapCatalog
{
    private readonly Dictionary<string, BaseMap> byId;

    public BaseMapCatalog(IOptions<BaseMapsOptions> options, DataFolder folder, ILogger<BaseMapCatalog> log)
    {
        All = [.. options.Value.BaseMaps.Select(map => new BaseMap(map, folder))];
        byId = All.Where(map => map.Refused is null).ToDictionary(map => map.Options.Id);
        foreach (var map in All)
        {
            if (map.Refused is { } refusal)
                Refused(log, map.Options.Id, refusal.Code, refusal.Detail);
        }
    }

    /// <summary>In the order of the settings, with those that are refused.</summary>
    public IReadOnlyList<BaseMap> All { get; }

    /// <summary>One that is offered.</summary>
    public BaseMap? Find(string id) => byId.GetValueOrDefault(id);

    [LoggerMessage(1701, LogLevel.Warning, "The base map {Id} is not offered ({Code}): {Detail}")]
    private static partial void Refused(ILogger log, string id, string code, string detail);
}
