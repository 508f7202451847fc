using System.Text;

namespace GridMap.Township.Writing;

/// <summary>Comma-separated values (RFC 4180) in UTF-8 with line feeds, a header line first.</summary>
internal sealed class Csv(params string[] header)
{
    private readonly StringBuilder text = new(string.Join(',', header) + "\n");

    public void Add(params ReadOnlySpan<string> fields)
    {
        if (fields.Length != header.Length)
            throw new ArgumentException($"{fields.Length} fields for {header.Length} columns.", nameof(fields));
        for (var i = 0; i < fields.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(Quoted(fields[i]));
        text.Append('\n');
    }

    public void Save(string path) => File.WriteAllText(path, text.ToString());

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
}
