using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace GridMap.Bench.Imports;

/// <summary>What one import took.</summary>
/// <param name="Seconds">From the first byte sent to the answer that it is published.</param>
/// <param name="Stages">Seconds by stage.</param>
/// <param name="PeakBytes">The largest working set of the process so far.</param>
internal sealed record ImportTime(double Seconds, IReadOnlyDictionary<string, double> Stages, long PeakBytes);

/// <summary>The real service on a free port, and an administrator who imports into it.</summary>
internal sealed class GridMapService : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Process process;
    private readonly HttpClient http;

    private GridMapService(Process process, HttpClient http)
    {
        this.process = process;
        this.http = http;
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<GridMapService> StartAsync(string program, BenchCluster cluster)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(program, ["serve", "--urls", url]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in Environment(cluster))
            start.Environment[name] = value;
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = new Uri(url), Timeout = Timeout.InfiniteTimeSpan };
        while (!await IsReadyAsync(client))
        {
            if (child.HasExited)
                throw new InvalidOperationException($"{program} serve ended with {child.ExitCode}.");
            await Task.Delay(100);
        }

        var key = (await File.ReadAllTextAsync(Path.Combine(cluster.Data, "admin-key"))).Trim();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new GridMapService(child, client);
    }

    /// <summary>What the program is told by its environment.</summary>
    public static Dictionary<string, string> Environment(BenchCluster cluster) =>
        new(cluster.Settings) { ["GRIDMAP_DATA"] = cluster.Data, ["DEMO"] = "0", ["GridMap__ImportMaxBytes"] = "4000000000", ["GridMap__Import__MaxFeatures"] = "5000000" };

    /// <summary>Imports files and publishes the plan.</summary>
    public async Task<ImportTime> ImportAsync(IReadOnlyList<(int Level, string Path)> files)
    {
        var clock = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent();
        foreach (var (level, path) in files)
            form.Add(new StreamContent(File.OpenRead(path)), $"file.{level}", Path.GetFileName(path));
        var job = await SendAsync(HttpMethod.Post, "api/v1/imports", form);
        var sent = clock.Elapsed.TotalSeconds;
        while (job.GetProperty("state").GetString() is "queued" or "running")
        {
            await Task.Delay(Look);
            job = await SendAsync(HttpMethod.Get, $"api/v1/imports/{job.GetProperty("id").GetInt64()}");
        }

        if (job.GetProperty("state").GetString() != "done")
            throw new InvalidOperationException($"The import failed: {job}");
        var planned = clock.Elapsed.TotalSeconds;
        await SendAsync(HttpMethod.Post, $"api/v1/plans/{PlanOf(job)}/publish", version: 1);
        var seconds = clock.Elapsed.TotalSeconds;

        var report = job.GetProperty("report");
        var stages = new Dictionary<string, double> { ["send"] = sent };
        foreach (var stage in report.GetProperty("seconds").EnumerateObject())
            stages[stage.Name] = stage.Value.GetDouble();
        stages["publish"] = seconds - planned;
        process.Refresh();
        return new ImportTime(seconds, stages, process.PeakWorkingSet64);
    }

    /// <summary>Waits until lookups answer from a generation.</summary>
    public async Task WaitForAsync(bool isPublished)
    {
        while (true)
        {
            using var answer = await http.GetAsync("api/v1/grids?level=1&limit=1");
            if ((JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement is var page && page.TryGetProperty("items", out var items)
                && items.GetArrayLength() > 0) == isPublished)
                return;
            await Task.Delay(50);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static long PlanOf(JsonElement job) => job.TryGetProperty("planId", out var id) ? id.GetInt64() : job.GetProperty("plan").GetInt64();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content = null, int? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (version is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{method} {path}: {text}");
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
