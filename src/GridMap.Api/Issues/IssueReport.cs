using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using GridMap.Api.Photos;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;

namespace GridMap.Api.Issues;

/// <summary>What a reporter sends.</summary>
/// <param name="Category">The code of a category.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Crs">wgs84 (default), cgcs2000, gcj02, bd09.</param>
/// <param name="Accuracy">Metres, as the phone said.</param>
/// <param name="Description">In words; never public.</param>
/// <param name="Contact">How to reach the reporter; never public.</param>
/// <param name="Qr">The grid on whose sticker it was reported.</param>
/// <param name="Source">web, qr, program; hotline for what the office types in from a call.</param>
/// <param name="Severity">minor, normal (the default), severe; for those who handle issues.</param>
public record IssueReportBody(
    [property: Required] string? Category, [property: Required] double? Lon, [property: Required] double? Lat,
    string? Crs = null, double? Accuracy = null, string? Description = null, string? Contact = null, string? Qr = null, string? Source = null, string? Severity = null);

/// <summary>The same as a form, with photos; for the API document.</summary>
public sealed record IssueReportFormBody(
    string? Category, double? Lon, double? Lat, string? Crs = null, double? Accuracy = null, string? Description = null, string? Contact = null,
    string? Qr = null, string? Source = null, string? Severity = null, IFormFileCollection? Photos = null)
    : IssueReportBody(Category, Lon, Lat, Crs, Accuracy, Description, Contact, Qr, Source, Severity);

/// <summary>A report that was checked: ready to be stored.</summary>
/// <param name="Category">A known category's code.</param>
/// <param name="Point">On the lattice.</param>
/// <param name="Accuracy">Metres, as the phone said; null when it said nothing.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Contact">May be empty; never public.</param>
/// <param name="Qr">The code of the grid on whose sticker it was reported; null: none.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Photos">At most six.</param>
internal sealed record IssueReport(
    string Category, LonLat Point, double? Accuracy, string Description, string Contact, string? Qr, string Source, IssueSeverity Severity, IReadOnlyList<Photo> Photos)
{
    /// <summary>What two sendings of the same report have in common, whatever their encoding.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { Category, Point.Lon, Point.Lat, Accuracy, Description, Contact, Qr, Source }));
        // Only where it is said: a report that waited in a phone while the service was renewed is still the same.
        if (Severity != IssueSeverity.Normal)
            hash.AppendData([(byte)Severity]);
        foreach (var photo in Photos)
            hash.AppendData(photo.SentHash);
        return hash.GetHashAndReset();
    }
}
