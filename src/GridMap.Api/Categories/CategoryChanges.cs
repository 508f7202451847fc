using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Categories;

/// <summary>What a sheet of categories did, or would do.</summary>
/// <param name="DryRun">True: nothing was stored.</param>
/// <param name="Rows">Lines that were read.</param>
/// <param name="Created">Categories that are new.</param>
/// <param name="Changed">That are another now.</param>
/// <param name="Same">That are as they were.</param>
/// <param name="Retired">That were not in the sheet and take no new issues now.</param>
/// <param name="Errors">Empty, or nothing was stored.</param>
public sealed record CategoryImportReport(bool DryRun, int Rows, int Created, int Changed, int Same, int Retired, IReadOnlyList<SheetError> Errors);

/// <summary>Changes categories, one or a sheet at a time; whole or not at all. Due times that were told stay. Thread safe.</summary>
internal sealed class CategoryChanges(Database database)
{
    /// <summary>Writes one.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ProblemException">400; 409 when somebody changed it meanwhile.</exception>
    public async Task<bool> PutAsync(Caller caller, CategoryItem item, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(CategoryStore.Lock, transaction: transaction);
        var all = (await CategoryStore.ListAsync(transaction)).ToDictionary(other => other.Code);
        var was = all.GetValueOrDefault(item.Code);
        if ((was?.Version ?? 0) != item.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status409Conflict, "category_changed", $"Category {item.Code} is at version {was?.Version ?? 0}, not {item.Version}: look at it again.", "version"));
        }

        if (CategoryForm.Wrong(item, all) is { } wrong)
            throw new ProblemException(wrong);
        await WriteAsync(transaction, caller, was, item, null);
        await transaction.CommitAsync(CancellationToken.None);
        return was is null;
    }

    /// <summary>Takes a sheet.</summary>
    public async Task<CategoryImportReport> ImportAsync(Caller caller, IReadOnlyList<SheetRow> rows, bool dryRun, bool retireOthers, CancellationToken cancel)
    {
        var errors = new List<SheetError>();
        var cells = new SheetCells(errors);
        var read = CategorySheet.Read(rows, cells);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(CategoryStore.Lock, transaction: transaction);
        var before = (await CategoryStore.ListAsync(transaction)).ToDictionary(item => item.Code);
        var after = before.ToDictionary();
        foreach (var (item, _) in read)
            after[item.Code] = item;
        foreach (var (item, row) in read)
            if (CategoryForm.Wrong(item, after) is { } wrong)
                cells.Wrong(row, CategorySheet.Parent, wrong.Code, wrong.Detail.TrimEnd('.'));
        var changed = read.Where(line => before.TryGetValue(line.Item.Code, out var was) && !IsSame(was, line.Item)).Count();
        var created = read.Count(line => !before.ContainsKey(line.Item.Code));
        var gone = retireOthers ? before.Values.Where(item => item.Active && read.All(line => line.Item.Code != item.Code)).ToList() : [];
        var report = new CategoryImportReport(dryRun, rows.Count, created, changed, read.Count - created - changed, gone.Count, errors);
        if (errors.Count > 0 || dryRun)
            return report;

        // A heading is there before what stands under it.
        foreach (var (line, sort) in read.Select((line, sort) => (line, sort)).OrderBy(entry => entry.line.Item.Parent is not null))
            await WriteAsync(transaction, caller, before.GetValueOrDefault(line.Item.Code), line.Item, sort);
        foreach (var item in gone)
            await WriteAsync(transaction, caller, item, item with { Active = false }, null);
        await transaction.CommitAsync(CancellationToken.None);
        return report;
    }

    private static async Task WriteAsync(NpgsqlTransaction transaction, Caller caller, CategoryItem? was, CategoryItem item, int? sort)
    {
        if (was is not null && IsSame(was, item))
        {
            await transaction.Connection!.ExecuteAsync("update category set sort = @sort where code = @Code and sort <> @sort", new { sort, item.Code }, transaction);
            return;
        }

        await CategoryStore.PutAsync(transaction, item, sort);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(was is null ? "category.add" : "category.change", "category", item.Code, Before: was, After: item with { Version = (was?.Version ?? 0) + 1 }));
    }

    private static bool IsSame(CategoryItem a, CategoryItem b) => a with { Version = 0, Limits = [] } == b with { Version = 0, Limits = [] } && a.Limits.SequenceEqual(b.Limits);
}
