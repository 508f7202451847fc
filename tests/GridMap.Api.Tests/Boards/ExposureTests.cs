using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.Boards;

/// <summary>What the office covers before a pair is shown: what the public gets, pixel by pixel, and what it cannot get.</summary>
public sealed class ExposureTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Width = 400;
    private const int Height = 304;

    // Along the squares of eight pixels in which a JPEG is encoded, and across them.
    private static readonly object Even = new { x = 80.0 / Width, y = 96.0 / Height, width = 160.0 / Width, height = 112.0 / Height };
    private static readonly object Odd = new { x = 301.3 / Width, y = 11.7 / Height, width = 50.2 / Width, height = 60.1 / Height };

    private string Folder => Path.Combine(Service.DataFolder, "photos");

    [Fact]
    public async Task What_is_covered_is_black_in_what_the_public_gets_and_the_rest_is_as_it_was()
    {
        var (number, before, after) = await PairAsync(1);
        (await ExposeAsync(number, before, [Even, Odd], after, [], null)).AssertStatus(HttpStatusCode.NoContent);
        var shown = await ShownAsync(number);
        var copy = await PixelsAsync(Client, shown.GetProperty("before")[0].GetProperty("url").GetString()!);
        var original = await PixelsAsync(Service.Admin, $"/api/v1/issues/{number}/photos/{before}");
        Assert.Equal((Width, Height), (copy.Width, copy.Height));
        Assert.True(original.Most(100, 110, 220, 200) > 200, "The picture has something to hide.");
        Assert.InRange(copy.Most(80, 96, 240, 208), 0, 2);
        // The last squares of the odd one hold what lies beside it too: whatever swings over is of that.
        Assert.InRange(copy.Most(312, 24, 344, 64), 0, 2);
        var apart = copy.Apart(original, (x, y) => (x is >= 72 and < 248 && y is >= 88 and < 216) || (x is >= 288 and < 368 && y < 88));
        Assert.InRange(apart.Mean, 0, 2);
        Assert.InRange(apart.Most, 0, 24);

        var small = await PixelsAsync(Client, shown.GetProperty("before")[0].GetProperty("smallUrl").GetString()!);
        Assert.InRange(small.Most(92, 108, 228, 196), 0, 4);
        var free = await PixelsAsync(Client, shown.GetProperty("after")[0].GetProperty("url").GetString()!);
        Assert.True(free.Most(100, 110, 220, 200) > 200, "Nothing was covered on the other side.");
    }

    [Fact]
    public async Task The_public_gets_no_original_and_no_copy_that_was_taken_back()
    {
        var (number, before, after) = await PairAsync(2);
        var follow = (await Client.PostJsonAsync($"/api/v1/issues/{number}/follow", new { })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("track").GetString()![3..];
        (await ExposeAsync(number, before, [], after, [], null)).AssertStatus(HttpStatusCode.NoContent);
        var bare = Url(await ShownAsync(number), "before");
        Assert.DoesNotContain(before, bare, StringComparison.Ordinal);
        (await Client.GetAnswerAsync(bare.Replace(bare[(bare.LastIndexOf('/') + 1)..bare.IndexOf('?')], before, StringComparison.Ordinal))).AssertProblem(HttpStatusCode.Forbidden, "link_expired");
        (await Client.GetAnswerAsync($"/api/v1/issues/{number}/photos/{before}")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");

        var chosen = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}/exposure")).AssertStatus(HttpStatusCode.OK).Json;
        (await ExposeAsync(number, before, [Even], after, [Odd], chosen.GetProperty("version").GetInt32())).AssertStatus(HttpStatusCode.NoContent);
        (await Client.GetAnswerAsync(bare)).AssertProblem(HttpStatusCode.NotFound, "unknown_photo");
        var covered = Url(await ShownAsync(number), "before");
        var followed = (await Client.GetAnswerAsync($"/api/v1/track/{follow}")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(covered, Url(followed, "before"));
        Assert.Single(followed.GetProperty("after").EnumerateArray());

        // Taken back and shown again, it is covered as it was.
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = false })).AssertStatus(HttpStatusCode.NoContent);
        (await Client.GetAnswerAsync(covered)).AssertProblem(HttpStatusCode.NotFound, "unknown_photo");
        Assert.Empty((await Client.GetAnswerAsync($"/api/v1/track/{follow}")).Json.GetProperty("before").EnumerateArray());
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = true })).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(covered, Url(await ShownAsync(number), "before"));
        chosen = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}/exposure")).Json;
        Assert.Equal((4, 0.2), (chosen.GetProperty("version").GetInt32(), chosen.GetProperty("before").GetProperty("boxes")[0].GetProperty("x").GetDouble()));
        (await Client.GetAnswerAsync($"/api/v1/issues/{number}/exposure")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task An_erased_reporter_takes_the_copies_of_the_pair_along()
    {
        var files = Directory.GetFiles(Folder).Length;
        var (number, before, after) = await PairAsync(3);
        (await ExposeAsync(number, before, [Even], after, [], null)).AssertStatus(HttpStatusCode.NoContent);
        var shown = await ShownAsync(number);
        Assert.Equal(files + 8, Directory.GetFiles(Folder).Length);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/erase-reporter", new { })).AssertStatus(HttpStatusCode.OK);
        foreach (var side in (string[])["before", "after"])
            (await Client.GetAnswerAsync(Url(shown, side))).AssertProblem(HttpStatusCode.NotFound, "unknown_photo");
        Assert.Equal(files + 2, Directory.GetFiles(Folder).Length);
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = true })).AssertProblem(HttpStatusCode.Conflict, "no_pair");
    }

    [Fact]
    public async Task Of_several_who_choose_at_once_one_is_heard_and_what_is_shown_is_whole()
    {
        var files = Directory.GetFiles(Folder).Length;
        var (number, before, after) = await PairAsync(4);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ExposeAsync(number, before, [new { x = i / 10.0, y = 0.1, width = 0.1, height = 0.1 }], after, [], null)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.NoContent), answer => answer.AssertProblem(HttpStatusCode.PreconditionFailed, "exposure_changed", "version"));
        Assert.Equal(files + 8, Directory.GetFiles(Folder).Length);

        // On and off, without a choice: in whatever order they are heard.
        var turns = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = i % 2 == 0 })));
        Assert.All(turns, answer => answer.AssertStatus(HttpStatusCode.NoContent));
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = true })).AssertStatus(HttpStatusCode.NoContent);
        var shown = await ShownAsync(number);
        foreach (var side in (string[])["before", "after"])
            (await Client.GetAnswerAsync(Url(shown, side))).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(files + 8, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task A_bad_choice_names_the_side_and_nothing_is_shown()
    {
        var (number, before, after) = await PairAsync(5);
        object Box(double x, double y, double width, double height) => new { x, y, width, height };
        foreach (var bad in (object[])[Box(-0.1, 0, 0.5, 0.5), Box(0.6, 0, 0.5, 0.5), Box(0, 0.9, 0.5, 0.2), Box(0.1, 0.1, 0, 0.5), Box(2, 2, 1, 1)])
            (await ExposeAsync(number, before, [bad], after, [], null)).AssertProblem(HttpStatusCode.BadRequest, "bad_box", "before");
        (await ExposeAsync(number, before, [], after, [.. Enumerable.Repeat(Even, 51)], null)).AssertProblem(HttpStatusCode.BadRequest, "too_many_boxes", "after");
        (await ExposeAsync(number, after, [], after, [], null)).AssertProblem(HttpStatusCode.BadRequest, "unknown_photo", "before");
        (await ExposeAsync(number, "../../admin-key", [], after, [], null)).AssertProblem(HttpStatusCode.BadRequest, "unknown_photo", "before");
        (await ExposeAsync(number, before, [], after, [], 7)).AssertProblem(HttpStatusCode.PreconditionFailed, "exposure_changed", "version");
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/expose", new { exposed = true, before = new { photo = before } })).AssertProblem(HttpStatusCode.BadRequest, "pair_required", "after");
        Assert.DoesNotContain((await BoardAsync()).EnumerateArray(), item => item.GetProperty("number").GetString() == number);
        // As many as may be, at the corners too.
        (await ExposeAsync(number, before, [.. Enumerable.Repeat(Box(0.999, 0.999, 0.001, 0.001), 49), Box(0, 0, 1, 1)], after, [], null)).AssertStatus(HttpStatusCode.NoContent);
        Assert.InRange((await PixelsAsync(Client, Url(await ShownAsync(number), "before"))).Most(0, 0, Width, Height), 0, 1);
    }

    private async Task<(string Number, string Before, string After)> PairAsync(int seed)
    {
        var receipt = await Client.AskAsync(HttpMethod.Post, TestReports.Address, TestReports.Form(TestTownship.Point(10, 30), await PictureAsync(seed)));
        var number = receipt.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!;
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/claim", new { by = "a" })).AssertStatus(HttpStatusCode.OK);
        using var form = new MultipartFormDataContent { { new StringContent("a"), "by" }, { new ByteArrayContent(await PictureAsync(seed + 100)), "photos", "x.png" } };
        var photos = (await Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/issues/{number}/rectify", form)).AssertStatus(HttpStatusCode.OK).Json.GetProperty("photos");
        string File(string kind) => photos.EnumerateArray().Single(photo => photo.GetProperty("kind").GetString() == kind).GetProperty("url").GetString()!.Split('/')[^1];
        return (number, File("before"), File("after"));
    }

    private Task<Answer> ExposeAsync(string number, string before, object[] covered, string after, object[] coveredAfter, int? version) => Service.Admin.PostJsonAsync(
        $"/api/v1/issues/{number}/expose", new { exposed = true, before = new { photo = before, boxes = covered }, after = new { photo = after, boxes = coveredAfter }, version });

    private async Task<JsonElement> BoardAsync() => (await Client.GetAnswerAsync("/api/v1/boards/exposures?limit=100")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items");

    private async Task<JsonElement> ShownAsync(string number) => (await BoardAsync()).EnumerateArray().Single(item => item.GetProperty("number").GetString() == number);

    private static string Url(JsonElement shown, string side) => shown.GetProperty(side)[0].GetProperty("url").GetString()!;

    // A slope of colours with bright and dark stripes, which a plate is too.
    private async Task<byte[]> PictureAsync(int seed)
    {
        var bytes = new byte[Width * Height * 3];
        for (var (y, at) = (0, 0); y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                bytes[at++] = (byte)(x / 6 % 2 == 0 ? 255 : 100 + (seed % 50));
                bytes[at++] = (byte)(80 + (y / 4));
                bytes[at++] = (byte)((x / 4) + (seed % 7));
            }
        }

        return await VipsAsync([.. Encoding.ASCII.GetBytes($"P6\n{Width} {Height}\n255\n"), .. bytes], "in.ppm", "copy", "out.png");
    }

    private static async Task<Picture> PixelsAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var ppm = await VipsAsync(await answer.Content.ReadAsByteArrayAsync(), "in.jpg", "copy", "out.ppm");
        // "P6", a comment, the size, 255, each on a line.
        var lines = new List<string>();
        var at = 0;
        while (lines.Count < 3)
        {
            var end = Array.IndexOf(ppm, (byte)'\n', at);
            var line = Encoding.ASCII.GetString(ppm, at, end - at);
            if (!line.StartsWith('#'))
                lines.Add(line);
            at = end + 1;
        }

        var size = lines[1].Split(' ').Select(int.Parse).ToArray();
        return new Picture(size[0], size[1], ppm[at..]);
    }

    private static async Task<byte[]> VipsAsync(byte[] bytes, string from, string operation, string to)
    {
        var folder = Directory.CreateTempSubdirectory("gridmap-pixels").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, from), bytes);
            using var vips = Process.Start(new ProcessStartInfo("vips", [operation, from, to]) { WorkingDirectory = folder })!;
            await vips.WaitForExitAsync();
            Assert.Equal(0, vips.ExitCode);
            return await File.ReadAllBytesAsync(Path.Combine(folder, to));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Picture(int Width, int Height, byte[] Pixels)
    {
        /// <summary>The brightest of all colours within [left, right) and [top, bottom).</summary>
        public int Most(int left, int top, int right, int bottom) =>
            Enumerable.Range(top, bottom - top).Max(y => Pixels.Skip(((y * Width) + left) * 3).Take((right - left) * 3).Max(value => (int)value));

        /// <summary>How far two pictures are apart where neither is covered.</summary>
        public (double Mean, int Most) Apart(Picture other, Func<int, int, bool> isCovered)
        {
            var differences = new List<int>();
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    for (var band = 0; band < 3 && !isCovered(x, y); band++)
                        differences.Add(Math.Abs(Pixels[(((y * Width) + x) * 3) + band] - other.Pixels[(((y * Width) + x) * 3) + band]));
                }
            }

            return (differences.Average(), differences.Max());
        }
    }
}
