using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Categories;

/// <summary>A category of issues; one without parent is a heading.</summary>
public sealed record CategoryItem(
    string Code, string? Parent, string Name, string NameEn, string Unit, decimal LimitValue, string LimitUnit, string Picture);

/// <summary>All categories in the office's order.</summary>
public sealed record CategoryList(IReadOnlyList<CategoryItem> Items);

/// <summary><c>/api/v1/categories</c>.</summary>
internal static class CategoryEndpoints
{
    public static void MapCategories(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/categories", List).Needs(Permission.SeeMap).WithTags("categories").WithSummary("The two levels of categories with their time limits.");

    private static async Task<Ok<CategoryList>> List(Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var items = await connection.QueryAsync<CategoryItem>(
            "select code, parent, name, name_en, unit, limit_value, limit_unit, picture from category order by sort, code");
        return TypedResults.Ok(new CategoryList([.. items]));
    }
}
