using GridMap.Api.Settings;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>What who is not known may do, by the office's settings. Immutable.</summary>
internal sealed class PublicAccess(IOptions<GridMapOptions> options)
{
    /// <summary>Who is not known.</summary>
    public static Caller Nobody { get; } = new() { Kind = CallerKind.Public, Name = "public" };

    /// <summary>Read the map and report, unless closed.</summary>
    public IReadOnlySet<string> Permissions { get; } = Of(options.Value);

    private static HashSet<string> Of(GridMapOptions options)
    {
        var open = new HashSet<string>();
        if (options.PublicMap)
        {
            open.Add(Permission.SeeMap);
            if (options.ReportingOpen)
            {
                open.Add(Permission.Report);
            }
        }

        return open;
    }
}
