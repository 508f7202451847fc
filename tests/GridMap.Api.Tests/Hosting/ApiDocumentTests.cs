using System.Runtime.CompilerServices;
using System.Text.Json;
using GridMap.Api.Hosting;

namespace GridMap.Api.Tests.Hosting;

/// <summary>The API document: the viewer's copy is the service's, and it says what clients are made from.</summary>
public sealed class ApiDocumentTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task The_viewers_copy_is_the_document_that_is_served()
    {
        var served = await Client.GetStringAsync("/openapi/v1.json");
        Assert.Equal(served, await OpenApiCommand.WriteAsync(CancellationToken.None));
        Assert.True(
            served.ReplaceLineEndings("\n").TrimEnd() == (await File.ReadAllTextAsync(ViewersCopy())).ReplaceLineEndings("\n").TrimEnd(),
            "src/GridMap.Viewer/openapi.json is not the document that the service serves. Make it anew: " +
            "dotnet run --project src/GridMap.Api -- openapi > src/GridMap.Viewer/openapi.json");
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_typed_answer_and_a_typed_refusal()
    {
        var document = await DocumentAsync();
        foreach (var (name, operation) in Operations(document))
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} has no summary");
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, response => response.Name.StartsWith('2'));
            foreach (var response in responses.Where(response => response.Name is not "204"))
            {
                Assert.True(response.Value.TryGetProperty("content", out var content), $"{name} {response.Name} has no content");
                Assert.All(content.EnumerateObject(), type => Assert.True(type.Value.TryGetProperty("schema", out _), $"{name} {type.Name} has no schema"));
            }

            Assert.Equal(
                "#/components/schemas/Problem",
                operation.GetProperty("responses").GetProperty("default").GetProperty("content").GetProperty("application/problem+json")
                    .GetProperty("schema").GetProperty("$ref").GetString());
        }
    }

    [Fact]
    public async Task Numbers_are_numbers_words_are_listed_and_what_may_be_left_out_is_not_required()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        Assert.DoesNotContain("\"pattern\"", schemas.GetRawText(), StringComparison.Ordinal);
        var issue = schemas.GetProperty("IssueItem");
        Assert.Equal("integer", issue.GetProperty("properties").GetProperty("days").GetProperty("type").GetString());
        Assert.Equal(
            ["reported", "filed", "claimed", "rectified", "writtenOff", "rejected", "duplicate"],
            issue.GetProperty("properties").GetProperty("state").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["category", "lat", "lon"], Required(schemas.GetProperty("IssueReportBody")));
        Assert.False(schemas.GetProperty("TransitionBody").TryGetProperty("required", out _));
        Assert.Equal(["points"], Required(schemas.GetProperty("LookupBatchBody")));
        Assert.Equal(["code", "detail", "status", "title", "type"], Required(schemas.GetProperty("Problem")));
        Assert.False(schemas.TryGetProperty("ProblemDetails", out _));
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var known = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => $"#/components/schemas/{schema.Name}").ToHashSet();
        Assert.All(References(document), reference => Assert.Contains(reference, known));
    }

    private async Task<JsonElement> DocumentAsync() => JsonDocument.Parse(await Client.GetStringAsync("/openapi/v1.json")).RootElement;

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static IEnumerable<string?> Required(JsonElement schema) => schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order();

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string ViewersCopy([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/GridMap.Viewer/openapi.json"));
}
