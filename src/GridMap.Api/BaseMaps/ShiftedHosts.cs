using GridMap.Core.Coordinates;

namespace GridMap.Api.BaseMaps;

/// <summary>Servers whose tiles are known to be shifted, whatever the settings say of them.</summary>
internal static class ShiftedHosts
{
    private static readonly (string Domain, Datum Datum)[] Known =
    [
        ("autonavi.com", Datum.Gcj02), ("amap.com", Datum.Gcj02), ("gaode.com", Datum.Gcj02),
        ("qq.com", Datum.Gcj02), ("gtimg.com", Datum.Gcj02), ("gtimg.cn", Datum.Gcj02),
        ("google.cn", Datum.Gcj02), ("googleapis.cn", Datum.Gcj02), ("geoq.cn", Datum.Gcj02),
        ("baidu.com", Datum.Bd09), ("bdimg.com", Datum.Bd09), ("bdstatic.com", Datum.Bd09),
    ];

    /// <summary>The datum of the tiles of a host; null where nothing is known.</summary>
    public static Datum? Find(string host)
    {
        var name = host.TrimEnd('.');
        foreach (var (domain, datum) in Known)
        {
            if (name.Equals(domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase))
                return datum;
        }

        return null;
    }
}
