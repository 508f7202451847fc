using Dapper;
using GridMap.Api.Accounts;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Demonstration;

/// <summary>An account of the demonstration, for the sign-in page.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Password">Known to everybody.</param>
/// <param name="Role">What it shows.</param>
/// <param name="Grid">The grid's code; null: the whole territory.</param>
/// <param name="GridName">The grid's name.</param>
public sealed record DemoAccount(string Name, string Password, string Role, string? Grid, string? GridName);

/// <summary>
/// Makes one account for each role, with known passwords: in the invented township only, where there is nothing to protect. Those who
/// answer for a grid are people of the township; the planner is one community's.
/// </summary>
internal sealed class DemonstrationAccounts(Database database)
{
    private const string Password = "gridmap-demo";

    // On which level each role is held; 0: on the whole territory.
    private static readonly (string Role, string Name, int Level)[] Wanted =
    [
        (Role.Admin, "admin", 0), (Role.CampaignOffice, "office", 0), (Role.Planner, "planner", 2), (Role.Inspector, "inspector", 0),
        (Role.GridLeader, "leader", 2), (Role.GridWorker, "worker", 3), (Role.Supervisor, "supervisor", 2), (Role.Volunteer, "volunteer", 3),
        (Role.Viewer, "viewer", 0), (Role.Integrator, "integrator", 0),
    ];

    private const string HolderSql =
        """
        select d.person_id, v.code, v.name from duty d join grid_version v on v.grid_id = d.grid_id and v.to_generation is null
        where d.role = @role and d.to_at is null and d.stands_in_for is null and v.level >= @level
          and not exists (select from account a where a.person_id = d.person_id)
        order by v.level, v.code, d.id limit 1
        """;

    private const string AppointSql =
        """
        with made as (insert into person (name, phone) values (@person, '') returning id)
        insert into duty (grid_id, person_id, role, from_at, recorded_by) select @grid, made.id, @role, now(), 'gridmap' from made returning person_id
        """;

    /// <summary>Makes the accounts.</summary>
    public async Task<IReadOnlyList<DemoAccount>> LoadAsync(CancellationToken cancel)
    {
        var made = new List<DemoAccount>();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var (role, name, level) in Wanted)
        {
            var holder = Role.Responsible.Contains(role)
                ? await connection.QueryFirstOrDefaultAsync<(long Person, string Code, string Grid)?>(HolderSql, new { role, level = (short)level }, transaction)
                : null;
            var grid = holder is null && level > 0
                ? await connection.QueryFirstAsync<(long Id, string Code, string Name)>(
                    "select grid_id, code, name from grid_version where to_generation is null and level = @level order by code limit 1",
                    new { level = (short)level }, transaction)
                : default((long Id, string Code, string Name)?);
            var person = holder?.Person ?? await connection.ExecuteScalarAsync<long>(
                AppointSql, new { person = $"演示 {name}", role, grid = grid?.Id }, transaction);
            await connection.ExecuteAsync(
                "insert into account (name, person_id, password_hash) values (@name, @person, @hash)",
                new { name = $"demo-{name}", person, hash = Passwords.Hash(Password) }, transaction);
            made.Add(new DemoAccount($"demo-{name}", Password, role, holder?.Code ?? grid?.Code, holder?.Grid ?? grid?.Name));
        }

        await transaction.CommitAsync(CancellationToken.None);
        return made;
    }
}
