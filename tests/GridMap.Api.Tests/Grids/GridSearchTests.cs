using System.Text.Json;
using GridMap.Api.Grids.Searching;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Grids;

/// <summary><c>/api/v1/grids?q=</c> by name, code and pinyin, with the real transliterator.</summary>
public sealed class GridSearchTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private static readonly IReadOnlyList<TestGrid> Named = [.. TestTownship.First.Select(grid => grid with
    {
        Name = grid.Code switch
        {
            "T" => "禾澜镇",
            "T1" => "禾城社区",
            "T2" => "河东社区",
            "T1.1" => "禾城第1网格",
            "T1.2" => "禾城第2网格",
            "T1.S" => "绿岛小学",
            "T2.1" => "长涌HC网格",
            _ => grid.Name,
        },
    })];

    private SearchKeys Keys => Service.Services.GetRequiredService<SearchKeys>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PublishAsync(Named, "禾澜镇");
    }

    [Theory]
    [InlineData("hcsq", "T1")]
    [InlineData("hecheng", "T1 T1.1 T1.2")]
    [InlineData("hcd2wg", "T1.2")]
    [InlineData("hdsq", "T2")]
    [InlineData("hedong", "T2")]
    [InlineData("lvdao", "T1.S")]
    [InlineData("changchong", "T2.1")]
    [InlineData("T1.2", "T1.2 T1.2.a T1.2.b")]
    [InlineData("hc", "T2.1 T1 T1.1 T1.2")]
    [InlineData("h", "T2.1 T T1 T2 T1.1 T1.2")]
    [InlineData("t1", "T1 T1.1 T1.2 T1.S T1.2.a T1.2.b")]
    [InlineData("zzz", "")]
    public async Task The_best_comes_first_and_pages_follow_it(string q, string codes)
    {
        foreach (var limit in (int[])[1, 2, 1000])
        {
            var items = await Client.ListAllAsync($"/api/v1/grids?q={q}", limit);
            Assert.Equal(codes, string.Join(' ', items.Select(item => item.GetProperty("code").GetString())));
        }
    }

    [Fact]
    public async Task A_found_grid_says_where_it_belongs()
    {
        var item = Assert.Single(await Client.ListAllAsync("/api/v1/grids?q=hcd2wg"));
        Assert.Equal("禾城社区", item.GetProperty("parentName").GetString());
        var outer = Assert.Single(await Client.ListAllAsync("/api/v1/grids?q=helan"));
        Assert.Equal(JsonValueKind.Null, outer.GetProperty("parentName").ValueKind);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var next = (await Client.GetAnswerAsync("/api/v1/grids?limit=1")).Json.GetProperty("next").GetString();
        (await Client.GetAnswerAsync($"/api/v1/grids?limit=1&q=h&cursor={next}")).AssertProblem(System.Net.HttpStatusCode.BadRequest, "bad_cursor", "cursor");
    }

    [Fact]
    public async Task A_new_name_is_found_by_its_pinyin_a_moment_after_it_is_published()
    {
        await PublishAsync([.. Named.Select(grid => grid.Code == "T1.S" ? grid with { Name = "新塱敬老院" } : grid)], "新塱敬老院");
        Assert.Single(await Client.ListAllAsync("/api/v1/grids?q=xljly"));
        Assert.Empty(await Client.ListAllAsync("/api/v1/grids?q=lvdao"));
    }

    private async Task PublishAsync(IReadOnlyList<TestGrid> grids, string name)
    {
        await Service.PublishAsync(grids);
        await Eventually.TrueAsync(() => Keys.Of(name) is not null && Service.Snapshots.Current.Grids.Any(grid => grid.Name == name), "the pinyin is known");
    }
}
