using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridMap.Core.Editing;

/// <summary>The fields of a grid that operations know, inside its JSON object. Stateless and thread safe.</summary>
public static class GridAttributes
{
    /// <summary>The number of households.</summary>
    public const string Households = "households";

    /// <summary>True beside a number of households that was shared out by area.</summary>
    public const string HouseholdsEstimated = "householdsEstimated";

    /// <summary>The number of households; null when it is not known.</summary>
    /// <param name="attributes">A JSON object.</param>
    public static int? HouseholdsOf(string attributes)
    {
        if (!attributes.Contains(Households, StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(attributes);
        return document.RootElement.TryGetProperty(Households, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count)
            ? count
            : null;
    }

    /// <summary>The object with another number of households; a number once estimated stays an estimate until somebody enters one.</summary>
    public static string WithHouseholds(string attributes, int households, bool isEstimate) => Changed(attributes, fields =>
    {
        fields[Households] = households;
        if (isEstimate)
            fields[HouseholdsEstimated] = true;
    });

    /// <summary>The object without what is known of households.</summary>
    public static string WithoutHouseholds(string attributes) => Changed(attributes, fields =>
    {
        fields.Remove(Households);
        fields.Remove(HouseholdsEstimated);
    });

    /// <summary>The object with fields put in, and those whose value is null taken out.</summary>
    public static string With(string attributes, IReadOnlyDictionary<string, JsonNode?> values) => Changed(attributes, fields =>
    {
        foreach (var (name, value) in values)
        {
            fields.Remove(name);
            if (value is not null)
                fields[name] = value.DeepClone();
        }
    });

    private static string Changed(string attributes, Action<JsonObject> change)
    {
        var fields = JsonNode.Parse(attributes)!.AsObject();
        change(fields);
        return fields.ToJsonString();
    }
}
