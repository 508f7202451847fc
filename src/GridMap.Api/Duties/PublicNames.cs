using System.Text.Json.Serialization;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Duties;

/// <summary>Who answers for a grid, as the public may see it.</summary>
/// <param name="Role">grid_leader, grid_worker, supervisor or volunteer.</param>
/// <param name="Name">Null when the office shows the role only.</param>
/// <param name="StandIn">True in another's place for a period (代班); left out otherwise.</param>
public sealed record Responsible(
    [property: GridRole] string Role, string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool StandIn = false);

/// <summary>Applies the office's setting on names (full, surname and 同志, role only). Thread safe.</summary>
public sealed class PublicNames(IOptions<GridMapOptions> options)
{
    // Compound surnames that are common enough to be cut in half otherwise.
    private static readonly string[] CompoundSurnames = ["欧阳", "上官", "司徒", "诸葛", "司马", "皇甫", "东方", "夏侯", "尉迟", "公孙", "慕容", "令狐"];

    /// <summary>The people of a grid at an instant, leaders first.</summary>
    public IReadOnlyList<Responsible> Of(GridFacts grid, DateTimeOffset instant) =>
        [.. grid.DutiesAt(instant).OrderBy(duty => Rank(duty.Role)).Select(duty => new Responsible(duty.Role, Shown(grid.Level, duty), duty.StandIn))];

    /// <summary>The name of one holder as the public may see it; null when the office shows the role only.</summary>
    public string? Shown(int level, DutyTerm duty)
    {
        var innermost = level == options.Value.LevelCount || duty.Role == "volunteer";
        return (innermost ? options.Value.PublicNamesInnermost : options.Value.PublicNames) switch
        {
            NameDisplay.Full => duty.PersonName,
            NameDisplay.Surname => Surname(duty.PersonName) + "同志",
            _ => null,
        };
    }

    private static int Rank(string role)
    {
        for (var i = 0; i < Role.Responsible.Count; i++)
        {
            if (Role.Responsible[i] == role)
            {
                return i;
            }
        }

        return Role.Responsible.Count;
    }

    private static string Surname(string name) =>
        CompoundSurnames.FirstOrDefault(surname => name.StartsWith(surname, StringComparison.Ordinal)) ?? name[..Math.Min(1, name.Length)];
}
