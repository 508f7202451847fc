using System.Net;
using System.Text;
using Dapper;

namespace GridMap.Api.Tests.Issues;

/// <summary>Photos with a report: what is kept, who may see it, what is refused.</summary>
public sealed class PhotoTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private string Folder => Path.Combine(Service.DataFolder, "photos");

    [Fact]
    public async Task Photos_are_kept_without_place_and_shown_to_those_who_handle_issues()
    {
        var sent = (string[])["jpeg", "png", "webp"];
        var receipt = await SendAsync([.. sent.Select(kind => TestPictures.FromTelephone(kind, 6))]);
        var number = receipt.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        var photos = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("photos").EnumerateArray().ToList();
        Assert.Equal(sent.Select(kind => $"image/{kind}"), photos.Select(photo => photo.GetProperty("mediaType").GetString()));
        foreach (var photo in photos)
        {
            var url = photo.GetProperty("url").GetString()!;
            using var answer = await Service.Admin.GetAsync(new Uri(url, UriKind.Relative));
            Assert.Equal(photo.GetProperty("mediaType").GetString(), answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            Assert.DoesNotContain(TestPictures.Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(Folder, Path.GetFileName(url))));
            (await Client.GetAnswerAsync(url)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        }

        Assert.Empty((await Client.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("photos").EnumerateArray());
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(3, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from issue_photo p join issue i on i.id = p.issue_id where i.number = @number and bytes > 40", new { number }));
    }

    [Fact]
    public async Task Six_photos_are_taken_and_a_seventh_is_refused()
    {
        (await SendAsync([.. Enumerable.Repeat(TestPictures.Png, 6)])).AssertStatus(HttpStatusCode.Created);
        await RefusedAsync([.. Enumerable.Repeat(TestPictures.Png, 7)], HttpStatusCode.BadRequest, "too_many_photos");
    }

    [Fact]
    public async Task What_is_no_whole_picture_is_refused_and_nothing_of_the_report_stays()
    {
        await RefusedAsync([TestPictures.Jpeg, "a text file"u8.ToArray()], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync([TestPictures.Jpeg[..^20]], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync([[]], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync([[.. TestPictures.Jpeg[..^2], .. new byte[(12 << 20) - 200], 0xFF, 0xD9]], HttpStatusCode.RequestEntityTooLarge, "photo_too_large");
    }

    [Fact]
    public async Task A_report_that_is_not_stored_leaves_no_file()
    {
        var before = Directory.GetFiles(Folder).Length;
        var form = TestReports.Form(TestTownship.Point(1, 1), TestPictures.Png);
        form.Add(new StringContent("too long".PadRight(4001, 'x')), "description");
        (await Client.AskAsync(HttpMethod.Post, TestReports.Address, form)).AssertProblem(HttpStatusCode.BadRequest, "too_long");
        var unknown = new MultipartFormDataContent
        {
            { new StringContent("nonsense"), "category" }, { new StringContent("113"), "lon" }, { new StringContent("23"), "lat" },
            { new ByteArrayContent(TestPictures.Png), "photos", "a.png" },
        };
        (await Client.AskAsync(HttpMethod.Post, TestReports.Address, unknown)).AssertProblem(HttpStatusCode.BadRequest, "bad_category");
        Assert.Equal(before, Directory.GetFiles(Folder).Length);
    }

    [Theory]
    [InlineData("..%2Fadmin-key")]
    [InlineData("%2e%2e%2fadmin-key")]
    [InlineData("nothing.jpeg")]
    public async Task Only_the_photos_of_the_issue_are_given_out(string file)
    {
        var number = await Client.ReportNumberAsync(1, 1);
        var answer = await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}/photos/{file}");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.DoesNotContain(Service.AdminKey, answer.Text, StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(byte[][] photos) =>
        Client.AskAsync(HttpMethod.Post, TestReports.Address, TestReports.Form(TestTownship.Point(10, 30), photos));

    private async Task RefusedAsync(byte[][] photos, HttpStatusCode status, string code)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        async Task<(long, int)> CountAsync() =>
            (await connection.ExecuteScalarAsync<long>("select count(*) from issue"), Directory.GetFiles(Folder).Length);
        var before = await CountAsync();
        (await SendAsync(photos)).AssertProblem(status, code, "photos");
        Assert.Equal(before, await CountAsync());
    }
}
