namespace GridMap.Api.Imports;

/// <summary>A file of an import, on this machine's disk.</summary>
/// <param name="Name">As the sender called it: shown and used to match .shp with .dbf, never used as a path.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="IsOurs">True when it was stored for this import only and may be moved.</param>
public sealed record ImportFile(string Name, string Path, bool IsOurs);
