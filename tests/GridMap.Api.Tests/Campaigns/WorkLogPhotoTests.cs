using System.Net;
using System.Text.Json;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Tests.Issues;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Photos with a work log: sent once, seen by those who log or see names there, never by the public.</summary>
public sealed class WorkLogPhotoTests(WorkLogPeople service) : ServiceTest(service), IClassFixture<WorkLogPeople>
{
    private WorkLogPeople People => (WorkLogPeople)Service;

    private string Folder => Path.Combine(Service.DataFolder, "photos");

    [Fact]
    public async Task Photos_stand_at_the_first_entry_by_signed_addresses_for_those_who_may()
    {
        var id = await People.CreateAsync();
        var worker = await People.SignInAsync("photo-worker", ("grid_worker", "A11"));
        var inspector = await People.SignInAsync("photo-inspector", ("inspector", null));
        var neighbour = await People.SignInAsync("photo-neighbour", ("grid_worker", "A12"));
        (await SendAsync(worker.Client, id, "A11", [TestPictures.Jpeg, TestPictures.FromTelephone("png", 3)])).AssertStatus(HttpStatusCode.Created);

        foreach (var client in (HttpClient[])[worker.Client, inspector.Client, Service.Admin])
        {
            var items = await ListAsync(client, id);
            Assert.Equal([0, 2], items.Select(item => item.Photos.Count));
            var photo = (await Client.GetAnswerAsync(items[1].Photos[0].Url)).AssertStatus(HttpStatusCode.OK);
            Assert.Equal("image/jpeg", photo.Header("Content-Type"));
            (await Client.GetAnswerAsync(items[1].Photos[1].SmallUrl)).AssertStatus(HttpStatusCode.OK);
            (await Client.GetAnswerAsync(items[1].Photos[0].Url[..^2] + "AA")).AssertProblem(HttpStatusCode.Forbidden, "link_expired");
        }

        foreach (var client in (HttpClient[])[Client, neighbour.Client])
        {
            Assert.All(await ListAsync(client, id), item => Assert.Empty(item.Photos));
        }

        var zone = await WorkLogPeople.GetAsync<ZoneProgress>(worker.Client, $"/api/v1/campaigns/{id}/progress/zones/A11");
        Assert.Equal(2, zone.Worklog.Sum(item => item.Photos.Count));
    }

    [Fact]
    public async Task A_log_with_photos_is_sent_once_by_its_key_and_with_other_photos_it_is_another()
    {
        var id = await People.CreateAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await SendAsync(Service.Admin, id, "A11", [TestPictures.Jpeg], key)).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(first.Text, (await SendAsync(Service.Admin, id, "A11", [TestPictures.Jpeg], key)).AssertStatus(HttpStatusCode.Created).Text);
        (await SendAsync(Service.Admin, id, "A11", [TestPictures.WebP], key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused");
        (await SendAsync(Service.Admin, id, "A11", [], key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused");
        Assert.Equal(2, (await ListAsync(Service.Admin, id)).Count);
    }

    [Fact]
    public async Task The_sweep_leaves_what_a_log_names_and_takes_what_nothing_does()
    {
        var id = await People.CreateAsync();
        (await SendAsync(Service.Admin, id, "A11", [TestPictures.FromTelephone("jpeg", 8)])).AssertStatus(HttpStatusCode.Created);
        var stray = Path.Combine(Folder, $"{new string('0', 64)}.jpg");
        await File.WriteAllBytesAsync(stray, TestPictures.Jpeg);
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));
        }

        await Service.Services.GetRequiredService<PhotoStore>().SweepAsync(DateTimeOffset.UtcNow, CancellationToken.None);
        Assert.False(File.Exists(stray));
        var photo = (await ListAsync(Service.Admin, id)).SelectMany(item => item.Photos).Single();
        (await Client.GetAnswerAsync(photo.Url)).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_log_that_is_refused_stores_neither_entry_nor_photo()
    {
        var id = await People.CreateAsync();
        var neighbour = await People.SignInAsync("photo-elsewhere", ("grid_worker", "A12"));
        var before = Directory.GetFiles(Folder).Length;
        (await SendAsync(Service.Admin, id, "A11", [.. Enumerable.Repeat(TestPictures.Png, 7)])).AssertProblem(HttpStatusCode.BadRequest, "too_many_photos", "photos");
        (await SendAsync(Service.Admin, id, "A11", ["no picture"u8.ToArray()])).AssertProblem(HttpStatusCode.BadRequest, "bad_photo", "photos");
        (await SendAsync(Service.Admin, id, "Z", [TestPictures.Png])).AssertProblem(HttpStatusCode.BadRequest, "bad_grid", "grid");
        (await SendAsync(neighbour.Client, id, "A11", [TestPictures.Bomb(4, 3)])).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await Service.Admin.AskAsync(HttpMethod.Post, WorkLogPeople.LogOf(id), new MultipartFormDataContent { { new StringContent("{"), "log" } }))
            .AssertProblem(HttpStatusCode.BadRequest, "bad_json");
        (await Service.Admin.AskAsync(HttpMethod.Post, WorkLogPeople.LogOf(id), new MultipartFormDataContent { { new StringContent("A11"), "grid" } }))
            .AssertProblem(HttpStatusCode.BadRequest, "bad_log", "log");
        (await Service.Admin.PostTextAsync(WorkLogPeople.LogOf(id), "grid=A11", "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "bad_content_type");
        Assert.Empty(await ListAsync(Service.Admin, id));
        Assert.Equal(before, Directory.GetFiles(Folder).Length);
    }

    private async Task<IReadOnlyList<WorkLogItem>> ListAsync(HttpClient client, long id) =>
        (await WorkLogPeople.GetAsync<Page<WorkLogItem>>(client, WorkLogPeople.LogOf(id))).Items;

    private Task<Answer> SendAsync(HttpClient client, long id, string grid, byte[][] photos, params (string, string)[] headers)
    {
        var log = WorkLogPeople.Body(grid, People.Today, ("heaps", 2), ("sheds", 1));
        var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(client == Service.Admin ? log : log with { By = null }, CampaignService.Json)), "log" },
        };
        foreach (var photo in photos)
        {
            form.Add(new ByteArrayContent(photo), "photos", "a.jpg");
        }

        return client.AskAsync(HttpMethod.Post, WorkLogPeople.LogOf(id), form, headers);
    }
}
