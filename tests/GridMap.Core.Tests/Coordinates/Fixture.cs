namespace GridMap.Core.Tests.Coordinates;

/// <summary>Reads a table of numbers from Fixtures/; lines that start with # are comments.</summary>
internal static class Fixture
{
    public static double[][] Rows(string file)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException("No such fixture.", file);
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(',').Select(double.Parse).ToArray())
            .ToArray();
        Assert.NotEmpty(rows);
        return rows;
    }
}
