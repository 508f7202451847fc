namespace GridMap.Api.Snapshots;

/// <summary>What is stored cannot be served: the grids of a generation are no coverage. Somebody wrote past the service.</summary>
public sealed class SnapshotException(string message) : Exception(message);
