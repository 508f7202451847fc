using System.Net;
using System.Text.Json;

namespace GridMap.Api.Tests.Surveys;

/// <summary>Surveys as the office makes them and residents answer them.</summary>
internal static class SurveyService
{
    public const string Address = "/api/v1/surveys";

    /// <summary>A survey with each kind of question: two scores that have to be given, one that need not, a choice of one, one of several, words.</summary>
    public static Dictionary<string, object?> Body(string mode = "open", string? grid = null, string title = "打分") => new()
    {
        ["title"] = title,
        ["titleEn"] = "Scores",
        ["mode"] = mode,
        ["grid"] = grid,
        ["level"] = 2,
        ["items"] = new object[]
        {
            new { kind = "score", subject = "self", scale = 10, required = true, words = "自家" },
            new { kind = "score", subject = "village", scale = 5, required = true, words = "本村" },
            new { kind = "score", subject = "neighbour", scale = 10, words = "邻里" },
            new { kind = "choice", words = "与去年比", options = new[] { new { words = "好" }, new { words = "差" } } },
            new { kind = "choice", multiple = true, words = "要改的", options = new[] { new { words = "垃圾" }, new { words = "水" }, new { words = "路" } } },
            new { kind = "text", words = "建议" },
        },
    };

    public static async Task<JsonElement> CreateAsync(this HttpClient office, Dictionary<string, object?> body) =>
        (await office.PostJsonAsync(Address, body)).AssertStatus(HttpStatusCode.Created).Json;

    /// <returns>The id and the code of a survey that is open.</returns>
    public static async Task<(long Id, string Code)> OpenAsync(this HttpClient office, Dictionary<string, object?>? body = null)
    {
        var made = await office.CreateAsync(body ?? Body());
        var id = made.GetProperty("id").GetInt64();
        (await office.PostJsonAsync($"{Address}/{id}/open", new { })).AssertStatus(HttpStatusCode.OK);
        return (id, made.GetProperty("code").GetString()!);
    }

    /// <summary>An answer to what has to be answered, and what else is given.</summary>
    public static object Reply(int self, int village, string? words = null, string? k = null, string? grid = null, (double X, double Y)? at = null)
    {
        var point = at is { } place ? TestTownship.Point(place.X, place.Y) : default;
        var answers = new List<object> { new { item = 1, value = self }, new { item = 2, value = village } };
        if (words is not null)
            answers.Add(new { item = 6, text = words });
        return new { k, grid, lon = at is null ? (double?)null : point.Lon, lat = at is null ? (double?)null : point.Lat, answers };
    }

    public static Task<Answer> AnswerAsync(this HttpClient resident, string code, object reply, params (string Name, string Value)[] headers) =>
        resident.PostJsonAsync($"{Address}/{code}/answers", reply, headers);

    /// <returns>The words of new links.</returns>
    public static async Task<List<string>> LinksAsync(this HttpClient office, long id, string grid, int count) =>
        [.. (await office.PostJsonAsync($"{Address}/{id}/links", new { grid, count })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("items").EnumerateArray()
            .Select(link => link.GetProperty("path").GetString()!.Split("?k=")[1])];
}
