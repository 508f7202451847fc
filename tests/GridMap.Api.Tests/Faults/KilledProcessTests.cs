using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.Faults;

/// <summary>What was answered with 201 survives <c>kill -9</c> of the program, once for each key.</summary>
public sealed class KilledProcessTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private const int Senders = 6;
    private static readonly int Enough = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1" ? 40 : 15;

    private readonly string data = Directory.CreateTempSubdirectory("gridmap-kill-test-").FullName;

    [Fact]
    public async Task Every_report_that_was_confirmed_is_there_once_after_a_kill()
    {
        await TestRoles.EnsureAsync(database.ConnectionString);
        var sent = new ConcurrentDictionary<string, bool>();
        var confirmed = new ConcurrentDictionary<string, string>();
        using (var program = await StartAsync())
        {
            await AddCategoryAsync();
            var sending = Enumerable.Range(0, Senders).Select(sender => SendUntilItDiesAsync(program.Client, sender, sent, confirmed)).ToList();
            await Eventually.TrueAsync(() => confirmed.Count >= Enough, $"{Enough} confirmed reports", seconds: 60);
            program.Kill();
            await Task.WhenAll(sending);
        }

        await AssertStoredAsync(confirmed);
        Assert.True(sent.Count > confirmed.Count, "some were under way");

        // All are sent again, as a phone does that heard no answer: each is there once, and those confirmed keep their number.
        using (var again = await StartAsync())
        {
            await Parallel.ForEachAsync(sent.Keys, async (key, _) =>
            {
                var number = await SendAsync(again.Client, key);
                Assert.Equal(confirmed.GetOrAdd(key, number), number);
            });

            again.Kill();
        }

        Assert.Equal(sent.Count, confirmed.Values.Distinct().Count());
        await AssertStoredAsync(confirmed);
        await using var connection = await database.Source.OpenConnectionAsync();
        Assert.Equal(sent.Count, await connection.ExecuteScalarAsync<int>("select count(*)::int from issue"));
        Assert.Equal(sent.Count, await connection.ExecuteScalarAsync<int>("select count(*)::int from event where kind = 'issue'"));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private async Task AssertStoredAsync(ConcurrentDictionary<string, string> confirmed)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var stored = (await connection.QueryAsync<string>("select number from issue")).ToHashSet();
        Assert.All(confirmed.Values, number => Assert.Contains(number, stored));
        var photos = await connection.QueryAsync<(string File, int Bytes)>("select file, bytes from issue_photo");
        Assert.All(photos, photo => Assert.Equal(photo.Bytes, new FileInfo(Path.Combine(data, "photos", photo.File)).Length));
    }

    private static async Task SendUntilItDiesAsync(
        HttpClient client, int sender, ConcurrentDictionary<string, bool> sent, ConcurrentDictionary<string, string> confirmed)
    {
        for (var i = 0; ; i++)
        {
            var key = $"{sender}-{i}";
            sent[key] = true;
            try
            {
                confirmed[key] = await SendAsync(client, key);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<string> SendAsync(HttpClient client, string key)
    {
        var answer = await client.AskAsync(
            HttpMethod.Post, TestReports.Address, TestReports.Form(TestTownship.Point(1, 1), TestPictures.Png), (IdempotencyKey.Header, key));
        return answer.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!;
    }

    private async Task AddCategoryAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into category (code, name) values (@Category, '垃圾')", new { TestService.Category });
    }

    private async Task<Program> StartAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [typeof(ServeCommand).Assembly.Location, "serve", "--urls", $"http://127.0.0.1:{port}"])
        {
            UseShellExecute = false,
            WorkingDirectory = data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[DatabaseOptions.ServiceVariable] = TestRoles.As(database.ConnectionString, TestRoles.Service);
        start.Environment[DatabaseOptions.OwnerVariable] = TestRoles.As(database.ConnectionString, TestRoles.Owner);
        start.Environment[DataFolder.Variable] = data;
        start.Environment["DEMO"] = "0";
        var program = new Program(Process.Start(start)!, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
        await Eventually.TrueAsync(program.IsReadyAsync, "the program is ready", seconds: 60);
        return program;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Program : IDisposable
    {
        private readonly Process process;
        private readonly Task<string> output;

        public Program(Process process, HttpClient client)
        {
            this.process = process;
            Client = client;
            output = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
        }

        public HttpClient Client { get; }

        public async Task<bool> IsReadyAsync()
        {
            Assert.False(process.HasExited, process.HasExited ? await output : "");
            try
            {
                return (await Client.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        /// <summary>SIGKILL: nothing in the program gets a chance to finish.</summary>
        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                Kill();
            }

            process.Dispose();
            Client.Dispose();
        }
    }
}
