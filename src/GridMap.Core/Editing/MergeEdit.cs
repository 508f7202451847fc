namespace GridMap.Core.Editing;

/// <summary>Puts grids of one level together under the identity of one of them; children of the others hang on it afterwards.</summary>
/// <param name="Keep">The grid that stays.</param>
/// <param name="Others">Those that go into it.</param>
/// <param name="Rejoin">True lets the result lie in several parts.</param>
public sealed record MergeEdit(long Keep, IReadOnlyList<long> Others, bool Rejoin) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "merge";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var keep = Require(state, Keep);
        var others = Others.Distinct().Where(id => id != Keep).Select(id => Require(state, id)).ToList();
        if (others.Count == 0)
            throw Refuse("nothing_to_merge", "Name one grid or more to go into the one that stays.", null, keep);
        if (others.Find(grid => grid.Level != keep.Level) is { } odd)
            throw Refuse("other_level", $"{odd.Code} is of level {odd.Level}, {keep.Code} of level {keep.Level}: only grids of one level merge.", null, odd, keep);
        if (!Rejoin && Adjacency.Apart([keep, .. others]) is { } apart)
            throw Refuse("not_adjacent", $"{apart.Code} shares no border with the others: allow parts that lie apart, or leave it out.", null, apart);
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = keep.Level,
            Pieces = [.. others.Select(grid => new Piece(grid.Polygon, keep.Id))],
            Removed = others.Select(grid => grid.Id).ToHashSet(),
        }, context);
    }
}
