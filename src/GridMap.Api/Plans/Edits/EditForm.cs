using System.Text.Json.Nodes;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;
using GridMap.Core.Editing;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Plans.Edits;

/// <summary>Reads an edit off the wire, against the state that it is for. Not thread safe; one for each request.</summary>
internal sealed class EditForm(PlanState state, PlanEditBody body)
{
    private const int MaxText = 200;
    private const string Outline = "Polygon, MultiPolygon";

    private readonly Datum datum = PointInput.Datum(body.Crs);

    /// <summary>The edit, but for what places it balances by.</summary>
    /// <exception cref="ProblemException">400: which member, and what to send instead.</exception>
    public PlanEdit Read() => body.Kind switch
    {
        "split" => new SplitEdit(Id(body.Grid, "grid"), Lines(), Point(body.KeepAt, "keepAt"), Cut()),
        "merge" => new MergeEdit(Id(body.Keep, "keep"), Ids("grids"), body.AllowApart),
        "reshape" => new ReshapeEdit(Id(body.Grid, "grid"), body.Neighbour is null ? null : Id(body.Neighbour, "neighbour"), OneLine(), Cut()),
        "transfer" => new TransferEdit(
            Id(body.From, "from"), Id(body.To, "to"), body.Geometry is null ? null : Area(), body.Geometry is null ? Ids("grids") : [], Cut()),
        "moveVertex" => new MoveVertexEdit(
            Required(body.At, "at"), Point(body.EdgeEnd, "edgeEnd"), Required(body.MoveTo, "moveTo")),
        "create" => new CreateEdit(
            body.Level ?? throw Missing("level", "the level of the new grid"), body.Parent is null ? null : Id(body.Parent, "parent"),
            body.Geometry is null ? null : Area(), body.Code, Text(body.Name, "name") ?? throw Missing("name", "what people call the grid"),
            Kind() ?? "village", Attributes()),
        "delete" => new DeleteEdit(Id(body.Grid, "grid"), body.To is null ? null : Id(body.To, "to")),
        "update" => new UpdateEdit(Id(body.Grid, "grid"), body.Code, Text(body.Name, "name"), Kind(), Fields()),
        "reparent" => new ReparentEdit(Id(body.Grid, "grid"), Id(body.Parent, "parent")),
        "divide" => new DivideEdit(
            Id(body.Grid, "grid"), body.Parts ?? throw Missing("parts", "how many parts"), Balance(), [], body.Geometry is null ? [] : Lines(), body.Seed),
        "repair" => new RepairEdit(body.Level ?? throw Missing("level", "the level of the defect"), Required(body.At, "at")),
        "lock" or "unlock" => new LockEdit(Ids("grids"), body.Kind == "lock"),
        _ => throw new ProblemException(Problem.Bad(
            "kind", "bad_kind", "kind is one of split, merge, reshape, transfer, moveVertex, create, delete, update, reparent, divide, repair, lock, unlock.")),
    };

    private long Id(string? code, string field) => state.FindByCode(code ?? throw Missing(field, "the code of a grid"))?.Id
        ?? throw new ProblemException(Problem.Bad(field, "unknown_grid", $"The plan has no grid {Shown(code)}."));

    private List<long> Ids(string field) => body.Grids is { Length: > 0 } codes
        ? [.. codes.Select(code => Id(code, field))]
        : throw Missing(field, "codes of grids");

    private LatticePoint? Point(double[]? position, string field)
    {
        if (position is null)
        {
            return null;
        }

        if (position.Length != 2)
        {
            throw new ProblemException(Problem.Bad(field, "bad_coordinate", $"{field} is [lon, lat] in degrees."));
        }

        return Entered(new Coordinate(position[0], position[1]), field);
    }

    private LatticePoint Required(double[]? position, string field) => Point(position, field) ?? throw Missing(field, "[lon, lat]");

    private LatticePoint Entered(Coordinate position, string field)
    {
        var entered = EnteredPoint.Enter(position.X, position.Y, datum);
        return entered.IsAccepted
            ? LatticePoint.From(entered.Position)
            : throw new ProblemException(Problem.Bad(field, "bad_coordinate", entered.Refusal.Message()));
    }

    private List<LatticePoint[]> Lines()
    {
        var geometry = Geometry("LineString, MultiLineString, " + Outline);
        if (geometry is Polygon or MultiPolygon)
        {
            return [.. Entered(geometry).Geometries.Cast<Polygon>().SelectMany(part => part.InteriorRings.Prepend(part.ExteriorRing))
                .Select(ring => Array.ConvertAll(ring.Coordinates, LatticePoint.From))];
        }

        return [.. Enumerable.Range(0, geometry.NumGeometries).Select(i => geometry.GetGeometryN(i)).OfType<LineString>()
            .Select(line => Distinct(line.Coordinates.Select(point => Entered(point, "geometry"))))];
    }

    private LatticePoint[] OneLine() => Lines() is [var line]
        ? line
        : throw new ProblemException(Problem.Bad("geometry", "bad_geometry", "Send one LineString."));

    private static LatticePoint[] Distinct(IEnumerable<LatticePoint> points)
    {
        var line = new List<LatticePoint>();
        foreach (var point in points)
            if (line.Count == 0 || line[^1] != point)
                line.Add(point);
        return line.Count >= 2
            ? [.. line]
            : throw new ProblemException(Problem.Bad("geometry", "bad_geometry", "A line has two places or more that differ by a millimetre."));
    }

    private MultiPolygon Area() => Entered(Geometry(Outline));

    private MultiPolygon Entered(Geometry geometry)
    {
        if (geometry is not (Polygon or MultiPolygon))
        {
            throw new ProblemException(Problem.Bad("geometry", "bad_geometry", $"Send {Outline}."));
        }

        if (!geometry.IsValid)
        {
            throw new ProblemException(Problem.Bad("geometry", "bad_geometry", "The outline crosses itself: draw it so that it does not."));
        }

        var entered = LatticeGeometry.Enter(geometry, datum);
        return entered.Geometry ?? throw new ProblemException(Problem.Bad("geometry", "bad_geometry", entered.Refusal.Message()));
    }

    private Geometry Geometry(string types) => GeometryInput.Read(body.Geometry, types);

    private CutChildren Cut() => body.Children switch
    {
        null or "split" => CutChildren.Split,
        "refuse" => CutChildren.Refuse,
        _ => throw new ProblemException(Problem.Bad("children", "bad_children", "children is split or refuse.")),
    };

    private DivideBalance Balance() => body.Balance switch
    {
        null or "area" => DivideBalance.Area,
        "households" => DivideBalance.Households,
        "issues" => DivideBalance.Places,
        _ => throw new ProblemException(Problem.Bad("balance", "bad_balance", "balance is area, households or issues.")),
    };

    private string? Kind() => body.GridKind is null ? null : Imports.GridKind.Parse(body.GridKind, "gridKind");

    private string Attributes() => GridAttributes.With("{}", Fields());

    private Dictionary<string, JsonNode?> Fields()
    {
        var fields = body.Attributes ?? [];
        if (body.Households is { } households)
        {
            fields[GridAttributes.Households] = households >= 0
                ? households
                : throw new ProblemException(Problem.Bad("households", "bad_households", "households is 0 or more."));
        }

        return fields;
    }

    private static string? Text(string? text, string field) => InputText.Clean(text, field, MaxText) is { Length: > 0 } clean ? clean : null;

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static ProblemException Missing(string field, string what) =>
        new(Problem.Bad(field, "missing", $"Send {field}: {what}."));
}
