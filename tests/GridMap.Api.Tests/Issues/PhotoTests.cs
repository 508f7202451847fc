using System.Net;
using System.Text;
using Dapper;

namespace GridMap.Api.Tests.Issues;

/// <summary>Photos with a report: what is kept, who may see it, what is refused.</summary>
public sealed class PhotoTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private string Folder => Path.Combine(Service.DataFolder, "photos");

    [Fact]
    public async Task Photos_are_made_anew_without_place_and_shown_to_those_who_handle_issues()
    {
        var sent = (string[])["jpeg", "png", "webp"];
        var receipt = await SendAsync([.. sent.Select(kind => TestPictures.FromTelephone(kind, 6))]);
        var number = receipt.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        var photos = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("photos").EnumerateArray().ToList();
        Assert.Equal(sent.Length, photos.Count);
        foreach (var url in photos.SelectMany(photo => (string[])[photo.GetProperty("url").GetString()!, photo.GetProperty("smallUrl").GetString()!]))
        {
            using var answer = await Service.Admin.GetAsync(new Uri(url, UriKind.Relative));
            Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            Assert.DoesNotContain(TestPictures.Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            // Held on its side (orientation 6), 4 by 3 pixels stand upright now; of a PNG the decoder does not ask.
            Assert.Contains(SizeOfJpeg(bytes), ((int, int)[])[(3, 4), (4, 3)]);
            if (url.StartsWith(photos[0].GetProperty("url").GetString()!, StringComparison.Ordinal))
                Assert.Equal((3, 4), SizeOfJpeg(bytes));
            (await Client.GetAnswerAsync(url)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        }

        Assert.Empty((await Client.GetAnswerAsync($"/api/v1/issues/{number}")).Json.GetProperty("photos").EnumerateArray());
    }

    [Fact]
    public async Task The_reporter_sees_their_photos_by_addresses_that_are_signed_and_nobody_else_does()
    {
        var receipt = (await SendAsync([TestPictures.Jpeg])).AssertStatus(HttpStatusCode.Created).Json;
        var track = receipt.GetProperty("track").GetString()!;
        var seen = (await Client.GetAnswerAsync($"/api/v1/track/{track[3..]}")).AssertStatus(HttpStatusCode.OK).Json;
        var photo = seen.GetProperty("before").EnumerateArray().Single();
        foreach (var url in (string[])[photo.GetProperty("url").GetString()!, photo.GetProperty("smallUrl").GetString()!])
        {
            (await Client.GetAnswerAsync(url)).AssertStatus(HttpStatusCode.OK);
            (await Client.GetAnswerAsync(url[..^2] + "AA")).AssertProblem(HttpStatusCode.Forbidden, "link_expired");
            (await Client.GetAnswerAsync(url.Replace("until=1", "until=9", StringComparison.Ordinal))).AssertProblem(HttpStatusCode.Forbidden, "link_expired");
        }

        var file = new Uri(new Uri("http://x"), photo.GetProperty("url").GetString()!).AbsolutePath;
        Assert.NotEqual(HttpStatusCode.OK, (await Client.GetAnswerAsync(file)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await Client.GetAnswerAsync($"{file}?until=99999999999&sign=x")).Status);
    }

    [Fact]
    public async Task The_same_picture_is_one_file_and_goes_with_the_last_who_has_it()
    {
        var picture = TestPictures.FromTelephone("png", 3);
        var before = Directory.GetFiles(Folder).Length;
        var first = (await SendAsync([picture])).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        var second = (await SendAsync([picture])).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        Assert.Equal(before + 2, Directory.GetFiles(Folder).Length);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{first}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before + 2, Directory.GetFiles(Folder).Length);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{second}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(before, Directory.GetFiles(Folder).Length);
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
        await RefusedAsync([[.. TestPictures.Png[..^20], .. "<?php"u8]], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync(["<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray()], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync([[.. "GIF89a"u8, .. TestPictures.Jpeg]], HttpStatusCode.BadRequest, "bad_photo");
        await RefusedAsync([TestPictures.Bomb(20_000, 20_000)], HttpStatusCode.BadRequest, "photo_too_many_pixels");
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

    [Fact]
    public async Task What_stands_behind_a_picture_is_not_kept()
    {
        byte[] polyglot = [.. TestPictures.Jpeg, .. "<html><script>alert(1)</script></html>"u8];
        var receipt = (await SendAsync([polyglot])).AssertStatus(HttpStatusCode.Created).Json;
        var seen = (await Client.GetAnswerAsync($"/api/v1/track/{receipt.GetProperty("track").GetString()![3..]}")).Json;
        var bytes = (await Client.GetAnswerAsync(seen.GetProperty("before")[0].GetProperty("url").GetString()!)).Text;
        Assert.DoesNotContain("script", bytes, StringComparison.Ordinal);
    }

    private static (int Width, int Height) SizeOfJpeg(byte[] bytes)
    {
        for (var at = 2; ; at += 2 + (bytes[at + 2] << 8) + bytes[at + 3])
        {
            if (bytes[at + 1] is 0xC0 or 0xC2)
                return ((bytes[at + 7] << 8) + bytes[at + 8], (bytes[at + 5] << 8) + bytes[at + 6]);
        }
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
