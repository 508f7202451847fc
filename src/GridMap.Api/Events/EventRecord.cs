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
/// <param name="Kind">issue, progress or generation.</param>
/// <param name="Payload">JSON text; public fields only.</param>
public sealed record EventRecord(EventCursor Cursor, string Kind, string Payload);

/// <summary>Adds to the outbox in the transaction of the change itself: an event is there exactly when the change is.</summary>
public static class EventOutbox
{
    public const string Issue = "issue";
    public const string Progress = "progress";
    public const string Generation = "generation";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task AddAsync(NpgsqlTransaction transaction, string kind, object payload) =>
        transaction.Connection!.ExecuteAsync(
            "insert into event (kind, payload) values (@kind, @payload::jsonb)",
            new { kind, payload = JsonSerializer.Serialize(payload, Json) },
            transaction);
}
