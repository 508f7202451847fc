using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Issues;

/// <summary>Reports as residents send them.</summary>
internal static class TestReports
{
    public const string Address = "/api/v1/issues";

    public static object Body(LonLat at, string category = TestService.Category, string? description = null) =>
        new { category, lon = at.Lon, lat = at.Lat, description };

    /// <summary>Reports at a point in the township's units.</summary>
    /// <returns>The receipt.</returns>
    public static async Task<JsonElement> ReportAsync(this HttpClient client, double x, double y, string category = TestService.Category) =>
        (await client.PostJsonAsync(Address, Body(TestTownship.Point(x, y), category))).AssertStatus(HttpStatusCode.Created).Json;

    /// <returns>The issue's number.</returns>
    public static async Task<string> ReportNumberAsync(this HttpClient client, double x, double y, string category = TestService.Category) =>
        (await client.ReportAsync(x, y, category)).GetProperty("number").GetString()!;

    public static MultipartFormDataContent Form(LonLat at, params byte[][] photos)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(TestService.Category), "category" },
            { new StringContent(at.Lon.ToString("R")), "lon" },
            { new StringContent(at.Lat.ToString("R")), "lat" },
        };
        foreach (var photo in photos)
        {
            var file = new ByteArrayContent(photo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "photos", "IMG_0001.jpg");
        }

        return form;
    }
}
