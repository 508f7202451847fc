using GridMap.Api.Grids.Searching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.Grids;

/// <summary>A machine without the transliterator: search goes on without pinyin, and the log says so once.</summary>
public sealed class NoTransliteratorTests(NoTransliteratorTests.BareService service) : ServiceTest(service), IClassFixture<NoTransliteratorTests.BareService>
{
    [Fact]
    public async Task Names_and_codes_are_found_all_the_same()
    {
        await Service.PublishAsync(TestTownship.First);
        await Eventually.TrueAsync(() => Complaints() > 0, "the log says that there is no pinyin");
        await Service.PublishAsync(TestTownship.Second);
        Assert.Single(await Client.ListAllAsync("/api/v1/grids?q=小学"));
        Assert.Equal(2, (await Client.ListAllAsync("/api/v1/grids?q=T1.2")).Count);
        Assert.Empty(await Client.ListAllAsync("/api/v1/grids?q=zxxx"));
        Assert.Equal(1, Complaints());
        Assert.All(Service.Log.Take().Where(entry => entry.Level >= LogLevel.Warning), entry => Assert.Contains("icu-devtools", entry.Message, StringComparison.Ordinal));
    }

    private int Complaints() => Service.Log.Entries.Count(entry => entry.Id.Id == 1801);

    public sealed class BareService : TestService
    {
        protected override void Configure(IServiceCollection services) => services.AddSingleton(new Transliterator("no-such-transliterator"));
    }
}
