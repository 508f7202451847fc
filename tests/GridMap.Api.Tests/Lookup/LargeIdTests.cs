using System.Net;
using Dapper;

namespace GridMap.Api.Tests.Lookup;

/// <summary>Ids that 32 bits do not hold: codes say them, numbers cannot.</summary>
public sealed class LargeIdTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task An_id_beyond_32_bits_is_refused_in_numbers_and_the_refusal_says_what_to_send()
    {
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("alter table grid alter column id restart with 3000000000");
        }

        await Service.PublishAsync(TestTownship.First);
        var content = new ByteArrayContent(LookupBinaryTests.Bytes([TestTownship.Point(10, 10)]));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/vnd.gridmap.points");
        var answer = (await Client.AskAsync(HttpMethod.Post, "/api/v1/lookup/batch", content)).AssertProblem(HttpStatusCode.NotAcceptable, "ids_too_large");
        Assert.Contains("application/json", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var json = (await Client.PostTextAsync("/api/v1/lookup/batch", """{"points":[[113.01,23.01]]}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("T1.S", json.Json.GetProperty("codes")[0].GetString());
    }
}
