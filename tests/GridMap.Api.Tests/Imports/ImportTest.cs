using System.Net;
using System.Text.Json;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Tests.Imports;

/// <summary>A test that sends files to the running service and follows the job to its end.</summary>
public abstract class ImportTest(TestService service) : ServiceTest(service)
{
    protected const string Address = "/api/v1/imports";

    internal SourceFiles Files { get; } = new();

    protected HttpClient Admin => Service.Admin;

    public override Task DisposeAsync()
    {
        Files.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Sends one file and waits for the job to end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Written <c>name=value</c>.</param>
    protected Task<JsonElement> ImportAsync(string path, params string[] values) => ImportAsync([("file", path)], values);

    /// <summary>Sends files, each under the form's name, and waits for the job to end.</summary>
    protected async Task<JsonElement> ImportAsync((string Name, string Path)[] files, params string[] values)
    {
        var answer = await SendAsync(files, values);
        answer.AssertStatus(HttpStatusCode.Accepted);
        var job = answer.Header("Location")!;
        var state = answer.Json;
        await Eventually.TrueAsync(
            async () =>
            {
                state = (await Admin.GetAnswerAsync(job)).AssertStatus(HttpStatusCode.OK).Json;
                return state.GetProperty("state").GetString() is "done" or "failed";
            },
            "the import ends",
            seconds: 60);
        return state;
    }

    internal async Task<Answer> SendAsync((string Name, string Path)[] files, params string[] values)
    {
        using var form = new MultipartFormDataContent();
        foreach (var value in values)
        {
            var parts = value.Split('=', 2);
            form.Add(new StringContent(parts[1]), parts[0]);
        }

        foreach (var (name, path) in files)
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(path)), name, Path.GetFileName(path));
        return await Admin.AskAsync(HttpMethod.Post, Address, form);
    }

    /// <summary>The import is done; its plan's number.</summary>
    internal static long AssertDone(JsonElement job)
    {
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        return job.GetProperty("planId").GetInt64();
    }

    /// <summary>The import was refused with this code, and made no plan.</summary>
    internal static JsonElement AssertRefused(JsonElement job, string code, string? field = null)
    {
        Assert.True(job.GetProperty("state").GetString() == "failed", job.ToString());
        var problem = job.GetProperty("problem");
        Assert.True(problem.GetProperty("code").GetString() == code, problem.ToString());
        if (field is not null)
            Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.Equal(JsonValueKind.Null, job.GetProperty("planId").ValueKind);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("report").ValueKind);
        return problem;
    }

    internal async Task<Answer> PublishAsync(long plan)
    {
        var version = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).AssertStatus(HttpStatusCode.OK).Header("ETag")!;
        return await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", version));
    }

    /// <summary>Grids in the township's units as a GeoJSON file with the properties code, name, parent and kind.</summary>
    internal string TownshipFile(string name, params TestGrid[] grids)
    {
        using var stream = File.Create(Files.PathOf(name));
        using var writer = new Utf8JsonWriter(stream);
        GeoJsonWriter.StartCollection(writer);
        foreach (var grid in grids)
        {
            GeoJsonWriter.WriteFeature(writer, null, TestTownship.Polygon(grid.Wkt), properties =>
            {
                properties.WriteString("code", grid.Code);
                properties.WriteString("name", grid.Name ?? grid.Code);
                properties.WriteString("kind", grid.Kind);
                if (grid.Parent is not null)
                    properties.WriteString("parent", grid.Parent);
            });
        }

        GeoJsonWriter.EndCollection(writer);
        return Files.PathOf(name);
    }

    /// <summary>Counts of the report's level.</summary>
    internal static (int New, int Changed, int Removed, int Total) Level(JsonElement job, int level)
    {
        var found = job.GetProperty("report").GetProperty("levels").EnumerateArray().Single(l => l.GetProperty("level").GetInt32() == level);
        return (found.GetProperty("new").GetInt32(), found.GetProperty("changed").GetInt32(), found.GetProperty("removed").GetInt32(), found.GetProperty("total").GetInt32());
    }

    /// <summary>Defects of a plan, but for those of people.</summary>
    internal async Task<List<(string Kind, string Codes)>> DefectsAsync(long plan) =>
    [
        .. (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?limit=1000")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(defect => (defect.GetProperty("kind").GetString()!, string.Join(' ', defect.GetProperty("codes").EnumerateArray().Select(code => code.GetString()).Order())))
            .Where(defect => defect.Item1 != "nobody_responsible"),
    ];

    internal static Dictionary<string, int> Repairs(JsonElement job) =>
        job.GetProperty("report").GetProperty("repairs").EnumerateArray().ToDictionary(r => r.GetProperty("kind").GetString()!, r => r.GetProperty("count").GetInt32());
}
