namespace GridMap.Api.Hosting;

/// <summary>The folder of what is not in the database: the admin key, photos, uploads under way.</summary>
public sealed class DataFolder(IConfiguration configuration)
{
    public const string Variable = "GRIDMAP_DATA";
    public const string Default = "var";

    /// <summary>The absolute path; made if missing.</summary>
    public string Path { get; } = Directory.CreateDirectory(configuration[Variable] ?? Default).FullName;

    /// <summary>A folder inside, made if missing.</summary>
    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
}
