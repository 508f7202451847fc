using System.Net;

namespace GridMap.Api.Tests.Hosting;

/// <summary>The viewer's files: the document is asked for each time, what is named by its hash never again.</summary>
public sealed class ViewerFileTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/issues/261122-00001")]
    [InlineData("/r", "report")]
    [InlineData("/r/440605001", "report")]
    [InlineData("/t/dGhpcyBpcyBhIHRlc3Q", "report")]
    [InlineData("/board", "report")]
    public async Task The_document_is_served_for_the_viewers_addresses_and_never_kept(string address, string title = "viewer")
    {
        var answer = (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK);
        Assert.Contains($"<title>{title}", answer.Text, StringComparison.Ordinal);
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("ETag"));
    }

    [Fact]
    public async Task What_is_named_by_its_hash_is_kept_for_ever()
    {
        var answer = (await Client.GetAnswerAsync("/assets/index-1a2b.js")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_script_that_is_gone_is_404_and_not_the_document() =>
        (await Client.GetAnswerAsync("/assets/index-0000.js")).AssertStatus(HttpStatusCode.NotFound);

    [Fact]
    public async Task Nothing_outside_the_folder_is_served()
    {
        await File.WriteAllTextAsync(Path.Combine(Service.Viewer, "..", "outside.txt"), "outside");
        Assert.DoesNotContain("outside", (await Client.GetAnswerAsync("/..%2Foutside.txt")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("outside", (await Client.GetAnswerAsync("/assets/..%2F..%2Foutside.txt")).Text, StringComparison.Ordinal);
        File.Delete(Path.Combine(Service.Viewer, "..", "outside.txt"));
    }
}
