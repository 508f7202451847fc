using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace GridMap.Api.Events;

/// <summary>Where a reader of the outbox stands: everything up to this transaction and row was seen. The wire form is <c>xact-id</c>.</summary>
public readonly record struct EventCursor(ulong Xact, long Id) : IComparable<EventCursor>
{
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = default;
        var parts = (text ?? "").Split('-');
        if (parts.Length != 2
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var xact)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        cursor = new EventCursor(xact, id);
        return true;
    }

    public int CompareTo(EventCursor other) => (Xact, Id).CompareTo((other.Xact, other.Id));

    public override string ToString() => $"{Xact}-{Id}";

    public static bool operator <(EventCursor left, EventCursor right) => left.CompareTo(right) < 0;

    public static bool operator >(EventCursor left, EventCursor right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventCursor left, EventCursor right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventCursor left, EventCursor right) => left.CompareTo(right) >= 0;
}

/// <summary>One event of the outbox.</summary>
/// <param name="Cursor">Its place in the order.</param>
/// <param name="Kind">issue, progress, generation, plan, duty or inbox.</param>
/// <param name="Payload">JSON text; public fields only.</param>
/// <param name="GridId">The grid that it is about; null for none.</param>
/// <param name="PersonId">The one person whom it is for; null for all who reach the grid.</param>
public sealed record EventRecord(EventCursor Cursor, string Kind, string Payload, long? GridId, long? PersonId);

/// <summary>Adds to the outbox in the transaction of the change itself: an event is there exactly when the change is.</summary>
public static class EventOutbox
{
    public const string Issue = "issue";
    public const string Progress = "progress";
    public const string Generation = "generation";

    /// <summary>Protected: for planners.</summary>
    public const string Plan = "plan";

    /// <summary>Protected: for those who see the people of the grid.</summary>
    public const string Duty = "duty";

    /// <summary>Protected: for the one who is told.</summary>
    public const string Inbox = "inbox";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Adds an event.</summary>
    /// <param name="transaction">Of the change.</param>
    /// <param name="kind">One of the words above.</param>
    /// <param name="payload">What is told; public fields only.</param>
    /// <param name="grid">The grid that it is about, by which listeners are held to their reach; null for none.</param>
    /// <param name="person">The one person whom it is for.</param>
    public static Task AddAsync(NpgsqlTransaction transaction, string kind, object payload, long? grid = null, long? person = null) =>
        transaction.Connection!.ExecuteAsync(
            "insert into event (kind, payload, grid_id, person_id) values (@kind, @payload::jsonb, @grid, @person)",
            new { kind, payload = JsonSerializer.Serialize(payload, Json), grid, person },
            transaction);
}
