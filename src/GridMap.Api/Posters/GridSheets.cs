using System.Globalization;
using GridMap.Api.Context;
using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.People.Sheets;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Core.Coverages;
using GridMap.Core.Permissions;
using GridMap.Core.Posters;
using Microsoft.Extensions.Options;
using QRCoder;

namespace GridMap.Api.Posters;

/// <summary>
/// Gathers what stands on a grid's responsibility sheet. It hangs on a wall, so it shows what the public may see, whoever asks for it. Thread safe.
/// </summary>
internal sealed class GridSheets(PublicNames names, ContextShapes ground, IOptions<GridMapOptions> options, TimeProvider clock)
{
    private const double SquareMetresPerMu = 10_000d / 15;
    private const double SquareKilometre = 1e6;

    private static readonly Dictionary<string, string> EnglishRoles = new()
    {
        [Role.GridLeader] = "Grid leader",
        [Role.GridWorker] = "Grid worker",
        [Role.Supervisor] = "Supervisor",
        [Role.Volunteer] = "Volunteer",
    };

    /// <summary>The sheet of a grid.</summary>
    /// <param name="snapshot">The present generation.</param>
    /// <param name="grid">One of its grids.</param>
    /// <param name="address">Where the QR code leads.</param>
    /// <param name="isChinese">Else English.</param>
    public SheetContent Of(Snapshot snapshot, GridFacts grid, string address, bool isChinese)
    {
        var settings = options.Value;
        var now = clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var chain = snapshot.Chain(grid);
        var bounds = FourBounds.Of(snapshot.Coverage, snapshot.Coverage.IndexOf(grid.Id));
        var telephone = chain.Reverse().FirstOrDefault(one => !string.IsNullOrWhiteSpace(one.Telephone));
        var since = Day(snapshot.Generation.EffectiveFrom, zone);
        var number = snapshot.Generation.Number.ToString(CultureInfo.InvariantCulture);
        return new SheetContent(
            isChinese ? SheetLanguage.Chinese : SheetLanguage.English, isChinese ? settings.Title : settings.TitleEn, grid.Name, grid.Code, LevelName(grid.Level, isChinese),
            isChinese ? KindWords.Of(grid.Kind) : grid.Kind, Area(grid.AreaSquareMetres, isChinese),
            [.. chain.Select(one => new SheetChainRow(LevelName(one.Level, isChinese), one.Name, one.Code, PeopleOf(one, one.Id == grid.Id, now, isChinese)))],
            telephone?.Telephone, telephone is null || telephone.Id == grid.Id ? null : telephone.Name,
            new SheetBounds(Side(CompassSide.East), Side(CompassSide.South), Side(CompassSide.West), Side(CompassSide.North)),
            isChinese ? $"第 {number} 版次，{since} 起" : $"Generation {number}, since {since}", Day(now, zone), settings.MapApproval, Qr(address), MapOf(snapshot, grid, bounds));

        string Side(CompassSide side) => GridBounds.Words(snapshot, grid, bounds, side, isChinese);
    }

    /// <summary>The stickers of a grid and of all that lie in it and are divided no further.</summary>
    /// <param name="snapshot">The present generation.</param>
    /// <param name="grid">One of its grids.</param>
    /// <param name="address">Where the QR code of a grid leads.</param>
    public static IReadOnlyList<Sticker> StickersOf(Snapshot snapshot, GridFacts grid, Func<GridFacts, string> address) =>
        [.. snapshot.Within(grid).Select(snapshot.ById).OfType<GridFacts>().Where(one => !snapshot.Children(one).Any()).OrderBy(one => one.Code, StringComparer.Ordinal).Select(one =>
        {
            var chain = snapshot.Chain(one);
            return new Sticker(
                one.Name, string.Join(" · ", chain.SkipLast(1).Select(outer => outer.Name)), one.Code,
                chain.Reverse().FirstOrDefault(outer => !string.IsNullOrWhiteSpace(outer.Telephone))?.Telephone, Qr(address(one)));
        })];

    private SheetMapContent MapOf(Snapshot snapshot, GridFacts grid, FourBounds bounds)
    {
        // A frame is never wider than this around a grid; what else of it is not seen the map leaves out itself.
        var near = grid.Shape.Polygon.EnvelopeInternal.Copy();
        near.ExpandBy(2 * Math.Max(near.Width, near.Height));
        var neighbours = bounds.Neighbours.Select(index => snapshot.Grids[index].Id).ToHashSet();
        var others = snapshot.Grids.Where(other => other.Level == grid.Level && other.Id != grid.Id && other.Shape.Polygon.EnvelopeInternal.Intersects(near))
            .Select(other => new SheetGrid(MapName(snapshot, grid, other), other.Shape.Polygon, neighbours.Contains(other.Id), other.Shape.ParentId == grid.Shape.ParentId));
        var children = snapshot.Children(grid).Select(child => new SheetGrid(child.Name, child.Shape.Polygon, IsNeighbour: false, IsSibling: false));
        return new SheetMapContent(
            grid.Shape.Polygon, grid.Name, snapshot.Parent(grid)?.Shape.Polygon, [.. children], [.. others],
            [.. ground.All().Where(one => one.Shape.EnvelopeInternal.Intersects(near))]);
    }

    private static string MapName(Snapshot snapshot, GridFacts grid, GridFacts other) =>
        other.Shape.ParentId == grid.Shape.ParentId || snapshot.Parent(other) is not { } parent ? other.Name : $"{parent.Name} {other.Name}";

    // Of those around the grid its leaders only: who comes first when nobody of the grid itself can be had.
    private string PeopleOf(GridFacts grid, bool isOwn, DateTimeOffset now, bool isChinese)
    {
        var roles = names.Of(grid, now).GroupBy(one => one.Role).ToList();
        var shown = isOwn || roles.All(role => role.Key != Role.GridLeader) ? roles : roles.Where(role => role.Key == Role.GridLeader);
        return string.Join(isChinese ? "；" : "; ", shown.Select(role =>
        {
            var word = isChinese ? StaffSheet.WordOf(role.Key) : EnglishRoles[role.Key];
            var known = role.Where(one => one.Name is not null).Select(one => one.Name + (one.StandIn ? isChinese ? "（代班）" : " (stand-in)" : "")).Distinct().ToList();
            var count = role.Count();
            return known.Count > 0 ? $"{word} {string.Join(isChinese ? "、" : ", ", known)}" : count > 1 ? isChinese ? $"{word} {count} 人" : $"{word}s: {count}" : word;
        }));
    }

    private string LevelName(int level, bool isChinese)
    {
        var levels = options.Value.Levels;
        return level > levels.Length ? level.ToString(CultureInfo.InvariantCulture) : isChinese ? levels[level - 1].Name : levels[level - 1].NameEn;
    }

    private static string Area(double squareMetres, bool isChinese)
    {
        var metric = squareMetres < SquareKilometre / 10
            ? string.Create(CultureInfo.InvariantCulture, $"{squareMetres:N0} {(isChinese ? "平方米" : "m²")}")
            : string.Create(CultureInfo.InvariantCulture, $"{squareMetres / SquareKilometre:N2} {(isChinese ? "平方千米" : "km²")}");
        return isChinese ? string.Create(CultureInfo.InvariantCulture, $"{metric}（{squareMetres / SquareMetresPerMu:N1} 亩）") : metric;
    }

    private static string Day(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The modules of an address's QR code, without the quiet zone, which the sheet's own paper is.</summary>
    internal static bool[][] Qr(string address)
    {
        const int QuietZone = 4;
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix[QuietZone..^QuietZone];
        return [.. rows.Select(row => Enumerable.Range(QuietZone, row.Length - 2 * QuietZone).Select(column => row[column]).ToArray())];
    }
}
