using GridMap.Api.Snapshots;
using GridMap.Core.Coverages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Grids;

/// <summary>Somebody on a side of a grid.</summary>
/// <param name="Grid">Null for what lies outside the territory.</param>
/// <param name="Name">As it stands in the words.</param>
/// <param name="Share">How much of the side it takes, 0 to 1.</param>
public sealed record BoundItem(GridReference? Grid, string Name, double Share);

/// <summary>Who lies on each side of a grid (四至).</summary>
/// <param name="Code">The grid's code.</param>
/// <param name="Words">All four in one sentence.</param>
/// <param name="East">From north to south.</param>
/// <param name="South">From west to east.</param>
/// <param name="West">From north to south.</param>
/// <param name="North">From west to east.</param>
/// <param name="Enclosed">Grids of the same level that lie within this one.</param>
public sealed record BoundsAnswer(
    string Code, string Words, IReadOnlyList<BoundItem> East, IReadOnlyList<BoundItem> South, IReadOnlyList<BoundItem> West, IReadOnlyList<BoundItem> North,
    IReadOnlyList<GridReference> Enclosed);

/// <summary><c>GET /api/v1/grids/{code}/bounds</c>, and the same words for the responsibility sheet.</summary>
internal static class GridBounds
{
    private const int ShareDecimals = 3;

    public static Ok<BoundsAnswer> Get(HttpContext context, SnapshotProvider snapshots, string code, string? lang)
    {
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        var isChinese = SheetLanguages.IsChinese(lang);
        var grid = GridEndpoints.Find(snapshot, code);
        var bounds = FourBounds.Of(snapshot.Coverage, snapshot.Coverage.IndexOf(grid.Id));
        var sides = Enum.GetValues<CompassSide>().Select(side => (IReadOnlyList<BoundItem>)[.. bounds[side].Select(Item)]).ToList();
        return TypedResults.Ok(new BoundsAnswer(
            grid.Code, Sentence(sides, isChinese), sides[0], sides[1], sides[2], sides[3], [.. bounds.Enclosed.Select(other => GridReference.To(snapshot.Grids[other]))]));

        BoundItem Item(SideNeighbour one) => new(
            one.Grid < 0 ? null : GridReference.To(snapshot.Grids[one.Grid]), NameOf(snapshot, grid, one.Grid, isChinese), Math.Round(one.Share, ShareDecimals));
    }

    /// <summary>The names on one side, for a sheet.</summary>
    public static string Words(Snapshot snapshot, GridFacts grid, FourBounds bounds, CompassSide side, bool isChinese) =>
        string.Join(isChinese ? "、" : ", ", bounds[side].Select(one => NameOf(snapshot, grid, one.Grid, isChinese)));

    // Told apart by its parent where that is another: there is a first micro-grid in every zone.
    private static string NameOf(Snapshot snapshot, GridFacts grid, int index, bool isChinese)
    {
        if (index < 0)
            return isChinese ? "辖区外" : "outside the territory";
        var other = snapshot.Grids[index];
        if (other.Level < grid.Level)
        {
            return snapshot.Chain(grid).Any(outer => outer.Id == other.Id)
                ? isChinese ? $"{other.Name}未划分地块" : $"undivided ground of {other.Name}"
                : other.Name;
        }

        return other.Shape.ParentId == grid.Shape.ParentId || snapshot.Parent(other) is not { } parent ? other.Name : $"{parent.Name}·{other.Name}";
    }

    private static string Sentence(List<IReadOnlyList<BoundItem>> sides, bool isChinese)
    {
        string[] words = isChinese ? ["东至", "南至", "西至", "北至"] : ["east: ", "south: ", "west: ", "north: "];
        return string.Join(isChinese ? "；" : "; ", words.Zip(sides, (word, side) => word + string.Join(isChinese ? "、" : ", ", side.Select(one => one.Name))))
            + (isChinese ? "。" : ".");
    }
}
