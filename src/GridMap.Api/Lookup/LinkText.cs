using System.Text.Json;
using GridMap.Api.Duties;
using GridMap.Api.Snapshots;

namespace GridMap.Api.Lookup;

/// <summary>One grid of a chain on the wire, from one beginning or end of a term on it to the next: who answers changes at these only. Immutable.</summary>
internal sealed class LinkText
{
    private readonly byte[] json;
    private readonly Range place;
    private readonly long from;
    private readonly long until;

    private LinkText(byte[] json, long from, long until)
    {
        (this.json, this.from, this.until) = (json, from, until);

        // Inside a text a quote is escaped, so that both are found where the members are.
        place = json.AsSpan().IndexOf("\"code\":"u8)..json.AsSpan().IndexOf(",\"kind\":"u8);
    }

    /// <summary>UTF-8, the same that the serializer writes: <c>{"level":…,"responsible":[…]}</c>.</summary>
    public ReadOnlySpan<byte> Json => json;

    /// <summary>Of that <c>"code":…,"name":…</c>, by which other parts of an answer name the grid too.</summary>
    public ReadOnlySpan<byte> Place => json.AsSpan(place);

    /// <summary>Whether the same people answer at an instant.</summary>
    public bool HoldsAt(DateTimeOffset instant) => instant.UtcTicks >= from && instant.UtcTicks < until;

    /// <summary>Renders what holds at an instant.</summary>
    public static LinkText Of(GridFacts grid, DateTimeOffset instant, PublicNames names, JsonSerializerOptions options)
    {
        var (now, from, until) = (instant.UtcTicks, long.MinValue, long.MaxValue);
        foreach (var duty in grid.Duties)
        {
            Narrow(duty.From.UtcTicks);
            if (duty.To is { } to)
            {
                Narrow(to.UtcTicks);
            }
        }

        return new LinkText(JsonSerializer.SerializeToUtf8Bytes(LookupLink.Of(grid, names, instant), options), from, until);

        void Narrow(long change)
        {
            if (change > now)
            {
                until = Math.Min(until, change);
            }
            else
            {
                from = Math.Max(from, change);
            }
        }
    }
}
