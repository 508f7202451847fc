using System.Text.Json;
using Dapper;
using GridMap.Api.Events;
using Npgsql;

namespace GridMap.Api.Inbox;

/// <summary>Tells somebody what they must know, in the transaction of what has happened: the inbox, and their own open pages at once.</summary>
internal static class InboxWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Tells a person.</summary>
    /// <param name="transaction">Of what has happened.</param>
    /// <param name="person">Who is told.</param>
    /// <param name="kind">The resource and what became of it, such as <c>duty.appointed</c>; the viewer has the words.</param>
    /// <param name="parameters">What the words are filled with. No telephone, no reporter.</param>
    /// <param name="link">A local path of the viewer; empty for none.</param>
    public static async Task TellAsync(NpgsqlTransaction transaction, long person, string kind, object parameters, string link = "")
    {
        var id = await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into inbox (person_id, kind, parameters, link) values (@person, @kind, @parameters::jsonb, @link) returning id",
            new { person, kind, parameters = JsonSerializer.Serialize(parameters, Json), link }, transaction);
        await EventOutbox.AddAsync(transaction, EventOutbox.Inbox, new { id, kind }, person: person);
    }
}
