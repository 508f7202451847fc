using System.Text;

namespace GridMap.Core.GeoJson;

/// <summary>The way from the root to the token being read: pushed and popped while reading, spelt out only for an error.</summary>
internal sealed class JsonPath
{
    private const int MaxDepth = 72; // The JSON reader stops at 64; the rest is room for "features[n]".

    private readonly (string? Name, int Index)[] steps = new (string? Name, int Index)[MaxDepth];
    private int depth;

    public void Push(string member) => steps[depth++] = (member, 0);

    public void Push(int index) => steps[depth++] = (null, index);

    /// <summary>Replaces the innermost index: the loop over an array pushes once.</summary>
    public void At(int index) => steps[depth - 1] = (null, index);

    public void Pop() => depth--;

    public void Clear() => depth = 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in steps.AsSpan(0, depth))
        {
            if (name is null)
                text.Append('[').Append(index).Append(']');
            else
                text.Append(text.Length == 0 ? string.Empty : ".").Append(name);
        }

        return text.ToString();
    }
}
