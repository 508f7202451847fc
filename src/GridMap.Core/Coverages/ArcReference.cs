namespace GridMap.Core.Coverages;

/// <summary>An arc walked in one of its two directions. An immutable value.</summary>
/// <param name="Arc">Index into <see cref="Coverage.Arcs"/>.</param>
/// <param name="Forward">True when walked in the order of the arc's points.</param>
public readonly record struct ArcReference(int Arc, bool Forward);
