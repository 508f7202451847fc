using System.Text.Json;
using GridMap.Api.Plans;

namespace GridMap.Api.Exports;

/// <summary>A grid on its way into a file.</summary>
/// <param name="Grid">Its facts.</param>
/// <param name="Parent">Its parent; null on level 1.</param>
/// <param name="People">Who answers for it, as far as the caller may see; null when that was not asked for.</param>
internal sealed record ExportedGrid(PlanGrid Grid, PlanGrid? Parent, string? People)
{
    private const string HouseholdsName = "households";
    private const string TelephoneName = "telephone";

    private readonly JsonElement attributes = Read(Grid.AttributesJson);

    /// <summary>The number of households; null when nobody counted.</summary>
    public long? Households => attributes.TryGetProperty(HouseholdsName, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) ? count : null;

    /// <summary>The grid's duty telephone; null when it has none.</summary>
    public string? Telephone => attributes.TryGetProperty(TelephoneName, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The grid's own fields besides these two.</summary>
    public IEnumerable<JsonProperty> Others => attributes.EnumerateObject().Where(own => own.Name is not (HouseholdsName or TelephoneName));

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
