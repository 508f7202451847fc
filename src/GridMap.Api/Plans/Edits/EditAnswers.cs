using System.Text.Json;
using GridMap.Core.Coordinates;
using GridMap.Core.Editing;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Plans.Edits;

/// <summary>What an edit did, or with dryRun would do.</summary>
/// <param name="Plan">The plan after it; of a dry run as it is.</param>
/// <param name="Edit">Its number and kind; the number is null for a dry run.</param>
/// <param name="Changes">Every grid that differs.</param>
/// <param name="OuterNodes">Vertices put on a border with nothing behind it, and what each moved.</param>
/// <param name="Lineage">Where the ground of divided and given up grids went.</param>
/// <param name="Defects">What it mended and what it brought.</param>
/// <param name="Moved">Households and open issues that get another innermost grid.</param>
/// <param name="Division">How well a divide balanced; null for other kinds.</param>
public sealed record EditReport(
    PlanItem Plan, EditReference Edit, IReadOnlyList<GridChangeItem> Changes, IReadOnlyList<OuterNodeItem> OuterNodes,
    IReadOnlyList<LineageItem> Lineage, EditDefects Defects, MovedItem Moved, DivisionItem? Division);

/// <summary>Which edit.</summary>
public sealed record EditReference(int? Ordinal, string Kind);

/// <summary>A grid that differs.</summary>
/// <param name="Id">Its identity; below 0 for one that a dry run would make.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Level">1 is outermost.</param>
/// <param name="Change">added, removed, reshaped, reNoded or updated.</param>
/// <param name="Before">As it was; null when it is new.</param>
/// <param name="After">As it becomes; null when it is gone.</param>
public sealed record GridChangeItem(long Id, string Code, string Name, int Level, string Change, GridSide? Before, GridSide? After);

/// <summary>One side of a change.</summary>
public sealed record GridSide(
    string Code, string Name, string Kind, string? Parent, double AreaSquareMetres, int? Households, JsonElement Attributes, JsonElement Geometry);

/// <summary>A vertex on an outer border.</summary>
/// <param name="Level">Whose outer border.</param>
/// <param name="Place">Where.</param>
/// <param name="DoubledArea">Twice the area that the level gained, in square lattice units, in digits.</param>
public sealed record OuterNodeItem(int Level, Position Place, string DoubledArea);

/// <summary>A share of a grid's ground.</summary>
public sealed record LineageItem(string From, string To, double Share);

/// <summary>Defects before and after.</summary>
public sealed record EditDefects(IReadOnlyList<EditDefect> Added, IReadOnlyList<EditDefect> Removed, int Count, int Blocking);

/// <summary>A defect that an edit brought or mended.</summary>
public sealed record EditDefect(string Kind, int? Level, bool Blocks, IReadOnlyList<string> Codes, double? Measure, string? Unit, Position? Place);

/// <summary>What gets another innermost grid.</summary>
/// <param name="Households">By the counts on the grids.</param>
/// <param name="Estimated">Whether some of these were shared out by area.</param>
/// <param name="Issues">Open issues.</param>
public sealed record MovedItem(int Households, bool Estimated, int Issues);

/// <summary>How well a divide balanced.</summary>
public sealed record DivisionItem(IReadOnlyList<DivisionPart> Parts, double Spread, double NewBorderMetres, double OnGivenLines);

/// <summary>One part.</summary>
public sealed record DivisionPart(string Code, double Weight);

/// <summary>Puts results of Core on the wire.</summary>
internal static class EditAnswers
{
    /// <summary>The wire word of a change.</summary>
    public static string Word(GridChangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static GridChangeItem Item(GridChange change, PlanState before, PlanState after)
    {
        var grid = (change.After ?? change.Before)!;
        return new GridChangeItem(grid.Id, grid.Code, grid.Name, grid.Level, Word(change.Kind), Side(change.Before, before), Side(change.After, after));
    }

    public static EditDefect Item(PlanDefect defect)
    {
        var place = defect.Geometry.IsEmpty ? null : defect.Geometry.InteriorPoint;
        return new EditDefect(
            defect.Kind, defect.Level, defect.Blocks, defect.Codes, defect.Measure is { } measure ? Math.Round(measure, 3) : null, defect.Unit,
            place is null ? null : new Position(place.X, place.Y));
    }

    public static OuterNodeItem Item(OuterNode node)
    {
        var (lon, lat) = node.Point.ToLonLat();
        return new OuterNodeItem(node.Level, new Position(lon, lat), node.DoubledArea.ToString());
    }

    public static DivisionItem? Item(Division? division, PlanState state) => division is null
        ? null
        : new DivisionItem(
            [.. division.Parts.Select(part => new DivisionPart(state.Find(part.Grid)!.Code, Math.Round(part.Weight, 2)))],
            Math.Round(division.Spread, 4), Math.Round(division.NewBorderMetres, 1), Math.Round(division.OnGivenLines, 4));

    public static JsonElement ToGeoJson(Geometry? geometry)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            GeoJsonWriter.WriteGeometry(writer, geometry);
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    private static GridSide? Side(PlannedGrid? grid, PlanState state)
    {
        if (grid is null)
        {
            return null;
        }

        using var attributes = JsonDocument.Parse(grid.Attributes);
        return new GridSide(
            grid.Code, grid.Name, grid.Kind, grid.ParentId is { } parent ? state.Find(parent)?.Code : null,
            Math.Round(EllipsoidalArea.SquareMetres(grid.Polygon), 2), GridAttributes.HouseholdsOf(grid.Attributes), attributes.RootElement.Clone(),
            ToGeoJson(grid.Polygon));
    }
}
