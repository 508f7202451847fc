using GridMap.Core.Permissions;

namespace GridMap.Api.Hosting;

/// <summary>The words that a text on the wire is one of, for the API document.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class WordsAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words { get; } = words;
}

/// <summary>What kind of grid.</summary>
public sealed class GridKindAttribute() : WordsAttribute("village", "community", "enterprise", "special");

/// <summary>As what somebody answers for a grid.</summary>
public sealed class GridRoleAttribute() : WordsAttribute([.. Role.Responsible]);

/// <summary>As what somebody holds a duty.</summary>
public sealed class RoleAttribute() : WordsAttribute([.. Role.All]);

/// <summary>Where an issue stands.</summary>
public sealed class IssueStateAttribute() : WordsAttribute("reported", "filed", "claimed", "rectified", "writtenOff", "rejected", "duplicate");
