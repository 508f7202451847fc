using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Grids.Searching;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using GridMap.Core.Searching;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace GridMap.Api.Grids;

/// <summary><c>/api/v1/grids</c>: the grids of the present generation.</summary>
internal static class GridEndpoints
{
    public static void MapGrids(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/grids").WithTags("grids").Needs(Permission.SeeMap);
        group.MapGet("/", List).WithSummary("Grids by level, parent, bbox or q (name, code, pinyin or its initials: the best first); a FeatureCollection when application/geo+json is asked for.")
            .Produces<Page<GridItem>>(); // GeoJSON is not declared: clients made from the document would have to tell the two apart.
        group.MapGet("/{code}", One).WithSummary("One grid, with its chain and its children.");
        group.MapGet("/{code}/history", GridHistory.Get).WithSummary("A grid's versions by generation, and what came after it.");
        group.MapGet("/{code}/bounds", GridBounds.Get).WithSummary("Who lies to the east, south, west and north of a grid (四至), each and in words; lang=zh (the default) or en.");
        group.MapGet("/{code}/qr.svg", Qr).WithSummary("The QR code of the resident's page of the grid (/r/CODE): who answers, and a report.").Produces<string>(contentType: "image/svg+xml");
    }

    private static IResult List(
        HttpContext context, SnapshotProvider snapshots, GridAnswers answers, SearchKeys keys,
        int? level, string? parent, Bbox? bbox, string? q, int? limit, string? cursor)
    {
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        var parentId = parent is null ? (long?)null : Find(snapshot, parent).Id;
        var text = q is null ? null : new SearchText(q);
        var count = Paging.Limit(limit);
        var found = snapshot.Grids
            .Where(grid => level is null || grid.Level == level)
            .Where(grid => parentId is null || grid.Shape.ParentId == parentId)
            .Ranked(text, keys)
            .After(cursor, text is not null)
            .Where(hit => bbox is not { } box || Intersects(hit.Grid, box))
            .Take(count + 1)
            .ToList();
        var hits = Paging.Cut(found, count, hit => hit.Key(text is not null));
        var page = new Page<GridFacts>([.. hits.Items.Select(hit => hit.Grid)], hits.Next);
        return context.WantsGeoJson()
            ? new FeaturePage<GridFacts>(page, grid => grid.Id, grid => grid.Shape.Polygon, (writer, grid) => Write(writer, snapshot, grid))
            : TypedResults.Ok(new Page<GridItem>([.. page.Items.Select(grid => answers.Item(snapshot, grid))], page.Next));
    }

    private static Results<Ok<GridDetail>, ProblemHttpResult> One(
        HttpContext context, SnapshotProvider snapshots, GridAnswers answers, string code)
    {
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        return TypedResults.Ok(answers.Detail(snapshot, Find(snapshot, code)));
    }

    private static IResult Qr(HttpContext context, SnapshotProvider snapshots, string code)
    {
        var grid = Find(snapshots.Current, code);
        using var data = QRCodeGenerator.GenerateQrCode(GridAddress.Of(context.Request, grid.Code), QRCodeGenerator.ECCLevel.M);
        return TypedResults.Text(new SvgQRCode(data).GetGraphic(8), "image/svg+xml");
    }

    /// <summary>A grid of the present generation.</summary>
    /// <exception cref="ProblemException">404: there is none with that code.</exception>
    internal static GridFacts Find(Snapshot snapshot, string code) =>
        snapshot.ByCode(code) ?? throw new ProblemException(Problem.NotFound(
            "unknown_grid", $"No grid has the code {code} now. Ask /api/v1/grids/{code}/history whether it had one before."));

    private static void Write(Utf8JsonWriter writer, Snapshot snapshot, GridFacts grid)
    {
        writer.WriteString("code", grid.Code);
        writer.WriteString("name", grid.Name);
        writer.WriteNumber("level", grid.Level);
        writer.WriteString("kind", grid.Kind);
        writer.WriteString("parent", snapshot.Parent(grid)?.Code);
        writer.WriteNumber("areaSquareMetres", Math.Round(grid.AreaSquareMetres, 2));
    }

    private static bool Intersects(GridFacts grid, Bbox box) =>
        grid.Shape.Polygon.EnvelopeInternal.Intersects(box.Envelope) && grid.Shape.Polygon.Intersects(box.Geometry);
}
