using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Settings;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.People.Sheets;

/// <summary>What became of a sheet's people.</summary>
public sealed record PeopleCount(int Created, int Changed, int Same);

/// <summary>What became of a sheet's terms; those that lie in the past are corrections.</summary>
public sealed record DutiesCount(int Created, int Same, int Corrections);

/// <summary>What a sheet did, or would do.</summary>
/// <param name="DryRun">True: nothing was stored.</param>
/// <param name="Rows">Lines that were read.</param>
/// <param name="People">People.</param>
/// <param name="Duties">Terms.</param>
/// <param name="Errors">Empty, or nothing was stored.</param>
public sealed record StaffImportReport(bool DryRun, int Rows, PeopleCount People, DutiesCount Duties, IReadOnlyList<SheetError> Errors);

/// <summary>Stores a staff list, whole or not at all. A term that began before now begins now, with a correction beside it. Thread safe.</summary>
internal sealed class StaffImport(Database database, DutyStore duties, IOptions<GridMapOptions> options, TimeProvider clock)
{
    private const string CorrectionReason = "人员名册导入 / staff list";

    /// <summary>Stores the lines, or only tries.</summary>
    public async Task<StaffImportReport> RunAsync(Caller caller, IReadOnlyList<SheetRow> rows, bool dryRun, CancellationToken cancel)
    {
        var errors = new List<SheetError>();
        var forms = new StaffForms(TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone), new SheetCells(errors));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var known = await StaffKnown.LoadAsync(transaction, caller, Now);
        var work = new Work(duties, transaction, caller, known, forms, Now);
        foreach (var row in rows)
        {
            if (forms.Read(row) is { } form && known.Allows(form, row, forms) && errors.Count == 0)
            {
                await work.TakeAsync(form, row);
            }
        }

        var report = new StaffImportReport(
            dryRun, rows.Count, new PeopleCount(work.Created, work.Changed, work.Same), new DutiesCount(work.Begun, work.Kept, work.Corrected), errors);
        if (errors.Count == 0 && !dryRun)
        {
            await AuditLog.AddAsync(transaction, caller, new AuditEntry(
                "people.import", "people", "", After: new { report.Rows, report.People, report.Duties }));
            await transaction.CommitAsync(CancellationToken.None);
        }

        return report;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>One sheet being stored, inside its transaction.</summary>
    private sealed class Work(DutyStore duties, NpgsqlTransaction transaction, Caller caller, StaffKnown known, StaffForms forms, DateTime now)
    {
        private readonly HashSet<long> seen = [];

        public int Created { get; private set; }

        public int Changed { get; private set; }

        public int Same { get; private set; }

        public int Begun { get; private set; }

        public int Kept { get; private set; }

        public int Corrected { get; private set; }

        public async Task TakeAsync(StaffForm form, SheetRow row)
        {
            var person = await PersonAsync(form);
            if (form.Role is not { } role)
            {
                return;
            }

            var grid = form.Grid is null ? default : known.Grids[form.Grid];
            var place = new DutyPlace(form.Grid is null ? null : grid.Id, form.Grid, form.Grid is null ? null : grid.Name, role, null);
            if (known.Term(person, role, place.GridId) is { } term)
            {
                // To the second: that is what a sheet holds.
                if (form.To is { } end && (term.To is not { } stored || Math.Abs((stored - end).TotalSeconds) >= 1))
                {
                    forms.Wrong(row, StaffSheet.To, "term_differs", $"is not how duty {term.Id} ends; a term is ended where it is, by POST /api/v1/duties/{term.Id}/end");
                    return;
                }

                Kept++;
                return;
            }

            if (form.From < now)
            {
                await CorrectAsync(person, place, form);
            }

            if (form.To is null || form.To > now)
            {
                var from = form.From > now ? form.From.Value : now;
                var id = await duties.BeginAsync(transaction, caller, place, person, new DutyTerms(from, form.To));
                known.Add(person, role, place.GridId, id, form.To);
                Begun++;
            }
        }

        private async Task CorrectAsync(long person, DutyPlace place, StaffForm form)
        {
            var to = form.To < now ? form.To.Value : now;
            var there = await transaction.Connection!.ExecuteScalarAsync<bool>(
                """
                select exists (select from duty_correction where person_id = @person and role = @Role and grid_id is not distinct from @GridId and from_at = @From)
                    or exists (select from duty where person_id = @person and role = @Role and grid_id is not distinct from @GridId and from_at <= @From and to_at >= @to)
                """,
                new { person, place.Role, place.GridId, form.From, to }, transaction);
            if (there)
            {
                return;
            }

            await transaction.Connection!.ExecuteAsync(
                """
                insert into duty_correction (grid_id, person_id, role, from_at, to_at, reason, recorded_at, recorded_by)
                values (@GridId, @person, @Role, @From, @to, @CorrectionReason, @now, @Who)
                """,
                new { place.GridId, person, place.Role, form.From, to, CorrectionReason, now, caller.Who }, transaction);
            await AuditLog.AddAsync(transaction, caller, new AuditEntry(
                "duty.correct", "duty_correction", "", place.GridId, After: new { person, place.Role, place.Code, form.From, to }));
            Corrected++;
        }

        private async Task<long> PersonAsync(StaffForm form)
        {
            if (known.Person(form) is not { } person)
            {
                var id = await PersonStore.InsertAsync(transaction, caller, form.Name, form.Phone, "name");
                known.Add(id, form);
                seen.Add(id);
                Created++;
                return id;
            }

            if (!seen.Add(person.Id))
            {
                return person.Id;
            }

            var phone = form.Phone ?? person.Phone;
            if (person.Name == form.Name && person.Phone == phone)
            {
                Same++;
                return person.Id;
            }

            await transaction.Connection!.ExecuteAsync(
                "update person set name = @Name, phone = @phone where id = @Id", new { form.Name, phone, person.Id }, transaction);
            await AuditLog.AddAsync(transaction, caller, new AuditEntry(
                "person.change", "person", person.Id.ToString(), Before: new { person.Name }, After: new { form.Name, phoneChanged = phone != person.Phone }));
            Changed++;
            return person.Id;
        }
    }
}
