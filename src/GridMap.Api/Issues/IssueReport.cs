using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Issues;

/// <summary>What a reporter sends.</summary>
public sealed record IssueReportBody(
    [property: Required] string? Category, [property: Required] double? Lon, [property: Required] double? Lat,
    string? Crs = null, double? Accuracy = null, string? Description = null, string? Contact = null);

/// <summary>The same as a form, with photos; for the API document.</summary>
public sealed record IssueReportFormBody(
    [property: Required] string? Category, [property: Required] double? Lon, [property: Required] double? Lat,
    string? Crs = null, double? Accuracy = null, string? Description = null, string? Contact = null, IFormFileCollection? Photos = null);

/// <summary>A report that was checked: ready to be stored.</summary>
/// <param name="Category">A known category's code.</param>
/// <param name="Point">On the lattice.</param>
/// <param name="Accuracy">Metres, as the phone said; null when it said nothing.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Contact">May be empty; never public.</param>
/// <param name="Photos">Uploaded files, at most six.</param>
internal sealed record IssueReport(
    string Category, LonLat Point, double? Accuracy, string Description, string Contact, IReadOnlyList<UploadedPhoto> Photos)
{
    /// <summary>What two sendings of the same report have in common, whatever their encoding.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { Category, Point.Lon, Point.Lat, Accuracy, Description, Contact }));
        foreach (var photo in Photos)
        {
            hash.AppendData(SHA256.HashData(photo.Bytes));
        }

        return hash.GetHashAndReset();
    }
}

/// <summary>A file as it came in.</summary>
internal sealed record UploadedPhoto(string MediaType, byte[] Bytes);
