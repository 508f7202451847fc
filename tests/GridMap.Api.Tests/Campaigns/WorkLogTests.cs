using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using Npgsql;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>The work log: append-only, exact, corrected by entries beside what was wrong.</summary>
public sealed class WorkLogTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task Entries_are_listed_newest_first_with_names_and_notes_only_for_the_office()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await AppointAsync("A1", "李片长", "supervisor");
        using var answer = await Service.Admin.PostAsJsonAsync(Address(id), new
        {
            grid = "A11",
            day = "2026-11-20",
            entries = new object[] { new { item = "heaps", quantity = 4.125 }, new { item = "sheds", quantity = 0 } },
            headCount = 6,
            by = "李片长",
            note = "王家屋后",
        });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipt = (await answer.Content.ReadFromJsonAsync<WorkLogReceipt>(CampaignService.Json))!;
        await Fixture.LogAsync(id, "B", Day.AddDays(1), "cables", 1);

        var seen = await Fixture.GetAsync<Page<WorkLogItem>>($"{Address(id)}?day=2026-11-20");
        Assert.Equivalent(
            new WorkLogItem[]
            {
                new(receipt.Ids[1], "A11", Day, "sheds", 0, 6, null, "supervisor", receipt.RecordedAt, null, null, null, []),
                new(receipt.Ids[0], "A11", Day, "heaps", 4.125m, 6, null, "supervisor", receipt.RecordedAt, null, null, null, []),
            },
            seen.Items, strict: true);
        using var office = JsonDocument.Parse(await Service.Admin.GetStringAsync($"{Address(id)}?grid=A11&limit=1"));
        var item = office.RootElement.GetProperty("items")[0];
        Assert.Equal(("李片长", "王家屋后"), (item.GetProperty("by").GetString(), item.GetProperty("note").GetString()));
        Assert.Equal(
            ["A11"], (await Fixture.GetAsync<Page<WorkLogItem>>($"{Address(id)}?limit=1&cursor={Cursor(office)}")).Items.Select(entry => entry.Grid));

        var raw = await Client.GetStringAsync(Address(id));
        Assert.DoesNotContain("李片长", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("王家屋后", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update work_log set quantity = quantity")]
    [InlineData("delete from work_log")]
    [InlineData("update head_count set people = people")]
    [InlineData("delete from head_count")]
    [InlineData("update frozen_day set frozen_at = now()")]
    [InlineData("delete from frozen_day")]
    [InlineData("update schedule_change set quantity = quantity")]
    [InlineData("delete from schedule_change")]
    [InlineData("update work_log_photo set file = file")]
    [InlineData("delete from work_log_photo")]
    [InlineData("delete from work_log_reminder")]
    [InlineData("delete from schedule_entry")]
    [InlineData("update campaign set generation = generation")]
    [InlineData("update campaign_item set weight = weight")]
    [InlineData("delete from campaign_zone")]
    [InlineData("update campaign_rebase set to_generation = to_generation")]
    [InlineData("delete from campaign_former")]
    [InlineData("update resource_use set quantity = quantity")]
    [InlineData("delete from resource_use")]
    public async Task The_services_role_cannot_rewrite_what_was_recorded(string sql)
    {
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task A_thousand_small_quantities_add_up_exactly()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var entries = Enumerable.Range(0, 100).Select(_ => new { item = "heaps", quantity = 0.1m }).ToList();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await Service.Admin.PostAsJsonAsync(Address(id), new { grid = "A11", day = "2026-11-20", entries, by = "陈片长" });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        await Fixture.LogAsync(id, "A12", Day, "heaps", 0.001m);
        foreach (var level in (int[])[1, 2, 3])
        {
            var progress = await Fixture.ProgressAsync(id, $"level={level}");
            Assert.Equal(100.001m, progress.Total.Quantities[0].Done);
            Assert.Equal(100.001m, progress.Rows.Sum(row => row.Quantities[0].Done));
        }
    }

    [Fact]
    public async Task A_correction_is_an_entry_of_its_own_and_takes_away_no_more_than_there_was()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var wrong = await Fixture.LogAsync(id, "A11", Day, "heaps", 12, headCount: 5);
        var correction = await Fixture.LogAsync(id, "A11", Day, "heaps", -10, corrects: wrong, headCount: -2);
        await Fixture.LogAsync(id, "A11", Day.AddDays(1), "heaps", 0.5m, corrects: wrong);
        var row = (await Fixture.ProgressAsync(id, "on=2026-11-20")).Rows.Single(row => row.Code == "A11");
        Assert.Equal((2, 3), (row.Quantities[0].Done, row.HeadCount));
        var entries = (await Fixture.GetAsync<Page<WorkLogItem>>(Address(id))).Items;
        Assert.Equal([(0.5m, wrong), (-10m, wrong), (12m, null)], entries.Select(entry => (entry.Quantity, entry.Corrects)));

        await RefusedAsync("A11", "2026-11-20", "heaps", -2.501m, wrong, "bad_quantity", "entries[0].quantity");
        await RefusedAsync("A11", "2026-11-20", "sheds", -1, wrong, "bad_corrects", "corrects");
        await RefusedAsync("A12", "2026-11-20", "heaps", -1, wrong, "bad_corrects", "corrects");
        await RefusedAsync("A11", "2026-11-19", "heaps", -1, wrong, "bad_corrects", "corrects");
        await RefusedAsync("A11", "2026-11-20", "heaps", 1, correction, "bad_corrects", "corrects");
        await RefusedAsync("A11", "2026-11-20", "heaps", -1, 4711, "bad_corrects", "corrects");
        await RefusedAsync("A11", "2026-11-20", "heaps", -1, null, "bad_quantity", "entries[0].quantity");

        Task RefusedAsync(string grid, string day, string item, decimal quantity, long? corrects, string code, string field) => Fixture.RefusedAsync(
            HttpMethod.Post, Address(id), new { grid, day, entries = new[] { new { item, quantity } }, by = "陈片长", corrects },
            HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task People_are_corrected_without_a_quantity_and_it_stays_visible_who_said_so_and_why()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var wrong = await Fixture.LogAsync(id, "A11", Day, "heaps", 12, headCount: 8);
        await Fixture.FreezeAsync(id, Day);
        var body = new { grid = "A11", day = "2026-11-20", headCount = -3, by = "陈片长", note = "多报三人", corrects = wrong };
        (await Service.Admin.PostJsonAsync(Address(id), body)).AssertStatus(HttpStatusCode.Created);
        await Fixture.LogAsync(id, "A11", Day, "heaps", 1, corrects: wrong, headCount: 2);
        var entries = (await Fixture.GetAsync<Page<WorkLogItem>>(Address(id))).Items;
        Assert.Equal(
            [(1m, 2, 7), (0m, -3, 7), (12m, null, 7)], entries.Select(entry => (entry.Quantity, entry.HeadCountChange, entry.HeadCount!.Value)));
        using var office = JsonDocument.Parse(await Service.Admin.GetStringAsync($"{Address(id)}?grid=A11"));
        var corrected = office.RootElement.GetProperty("items")[1];
        Assert.Equal(("陈片长", "多报三人", wrong), (corrected.GetProperty("by").GetString(), corrected.GetProperty("note").GetString(), corrected.GetProperty("corrects").GetInt64()));
        // The frozen day says what it said; what is known now is another matter.
        Assert.Equal(8, Row(await Fixture.ProgressAsync(id, "on=2026-11-20")).HeadCount);
        Assert.Equal((7, 13m), (Row(await Fixture.ProgressAsync(id, "on=2026-11-20&asKnown=now")).HeadCount, Row(await Fixture.ProgressAsync(id, "on=2026-11-20&asKnown=now")).Quantities[0].Done));

        await RefusedAsync(body with { headCount = -8 }, "bad_head_count", "headCount");
        await RefusedAsync(body with { headCount = 0 }, "bad_entries", "entries");
        await RefusedAsync(body with { grid = "A12" }, "bad_corrects", "corrects");
        await RefusedAsync(new { body.grid, body.day, headCount = 3, body.by }, "bad_entries", "entries");

        static ProgressRow Row(ProgressAnswer answer) => answer.Rows.Single(row => row.Code == "A11");

        Task RefusedAsync(object refused, string code, string field) =>
            Fixture.RefusedAsync(HttpMethod.Post, Address(id), refused, HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task An_entry_of_another_campaign_is_not_corrected()
    {
        var other = await Fixture.LogAsync((await Fixture.CreateAsync()).Id, "A11", Day, "heaps", 12);
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(
            HttpMethod.Post, Address(id), Body("""{"grid":"A11","day":"2026-11-20","entries":[{"item":"heaps","quantity":-1}],"by":"a","corrects":X}""", other),
            HttpStatusCode.BadRequest, "bad_corrects", "corrects");
    }

    [Theory]
    [InlineData("{}", "bad_grid", "grid")]
    [InlineData("""{"grid":"A11a"}""", "bad_grid", "grid")]
    [InlineData("""{"grid":"A11"}""", "bad_day", "day")]
    [InlineData("""{"grid":"A11","day":"2026-11-22"}""", "bad_day", "day")]
    [InlineData("""{"grid":"A11","day":"2026-08-31"}""", "bad_day", "day")]
    [InlineData("""{"grid":"A11","day":"20.11.2026"}""", "bad_json", "day")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","headCount":-1}""", "bad_head_count", "headCount")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","headCount":2000000000}""", "bad_head_count", "headCount")]
    [InlineData("""{"grid":"A11","day":"2026-11-20"}""", "bad_by", "by")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a"}""", "bad_entries", "entries")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[]}""", "bad_entries", "entries")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[null]}""", "bad_item", "entries[0].item")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[{"item":"heaps"}]}""", "bad_quantity", "entries[0].quantity")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[{"item":"heaps","quantity":1},{"item":"x","quantity":1}]}""", "bad_item", "entries[1].item")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[{"item":"heaps","quantity":0.0001}]}""", "bad_quantity", "entries[0].quantity")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[{"item":"heaps","quantity":1e11}]}""", "bad_quantity", "entries[0].quantity")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","entries":[{"item":"heaps","quantity":1e99}]}""", "bad_json", "entries[0].quantity")]
    [InlineData("""{"grid":"A11","day":"2026-11-20","by":"a","note":"a\u0000","entries":[{"item":"heaps","quantity":1}]}""", "bad_text", null)]
    public async Task What_is_no_log_is_refused_by_field_and_nothing_is_stored(string body, string code, string? field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Post, Address(id), Body(body), HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task The_day_ends_at_midnight_of_the_office()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var evening = Fixture.Clock.Now;
        try
        {
            // 23:59 in Shanghai, then a minute later: in Greenwich it is still the 21st.
            Fixture.Clock.Now = new DateTimeOffset(2026, 11, 21, 15, 59, 0, TimeSpan.Zero);
            await Fixture.RefusedAsync(HttpMethod.Post, Address(id), Tomorrow, HttpStatusCode.BadRequest, "bad_day", "day");
            Fixture.Clock.Now += TimeSpan.FromMinutes(1);
            using var answer = await Service.Admin.PostAsJsonAsync(Address(id), Tomorrow);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
        finally
        {
            Fixture.Clock.Now = evening;
        }
    }

    [Fact]
    public async Task Sending_again_with_the_same_key_logs_once()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var key = Guid.NewGuid().ToString();
        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address(id)) { Content = JsonContent.Create(Today) };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await Service.Admin.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Single(answers.Distinct());
        Assert.Single((await Fixture.GetAsync<Page<WorkLogItem>>(Address(id))).Items);

        using var another = new HttpRequestMessage(HttpMethod.Post, Address(id)) { Content = JsonContent.Create(Today with { Note = "其他" }) };
        another.Headers.Add("Idempotency-Key", key);
        using var refused = await Service.Admin.SendAsync(another);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Whoever_listens_hears_of_the_grid_and_all_round_it()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.LogAsync(id, "B23", Day, "heaps", 1);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var text = await connection.ExecuteScalarAsync<string>("select payload::text from event where kind = 'progress' order by id desc limit 1");
        var payload = JsonDocument.Parse(text!).RootElement;
        Assert.Equal((id, "B23", "2026-11-20"), (payload.GetProperty("campaign").GetInt64(), payload.GetProperty("code").GetString(), payload.GetProperty("day").GetString()));
        Assert.Equal(
            ["B", "B2", "B23"], payload.GetProperty("gridIds").EnumerateArray().Select(one => Service.Snapshots.Current.ById(one.GetInt64())!.Code));
    }

    private static NewWorkLog Today => new("A11", Day, [new("heaps", 1)], null, "陈片长", null, null);

    private static NewWorkLog Tomorrow => Today with { Day = new(2026, 11, 22) };

    private static string Address(long id) => $"/api/v1/campaigns/{id}/worklog";

    private static string Cursor(JsonDocument page) => page.RootElement.GetProperty("next").GetString()!;

    private static JsonElement Body(string body, long x = 0) => JsonDocument.Parse(body.Replace("X", $"{x}", StringComparison.Ordinal)).RootElement;

    private async Task AppointAsync(string grid, string name, string role)
    {
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                with who as (insert into person (name) values (@name) returning id)
                insert into duty (grid_id, person_id, role, from_at)
                select g.grid_id, who.id, @role, '2026-01-01' from who, grid_code g where g.code = @grid
                """,
                new { grid, name, role });
        }

        await Eventually.TrueAsync(
            () => Service.Snapshots.Current.ByCode(grid)!.Duties.Any(duty => duty.PersonName == name), $"{name} is known");
    }
}
