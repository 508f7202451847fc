using System.Text;
using GridMap.Api.Snapshots;

namespace GridMap.Api.Lookup.Batches;

/// <summary>What a batch answers for each grid of a snapshot, or for none (-1): its code as JSON, or its id. Immutable.</summary>
internal sealed class GridKeys
{
    /// <summary>The id of no grid.</summary>
    public const int Outside = -1;

    /// <summary>In place of an id that takes more than 32 bits.</summary>
    public const int TooLarge = -2;

    /// <summary>The longest <see cref="Code"/>: 40 characters, two quotes and a comma.</summary>
    public const int MostBytes = 43;

    // The first is that of no grid.
    private readonly byte[] codes;
    private readonly int[] ends;
    private readonly int[] ids;

    public GridKeys(IReadOnlyList<GridFacts> grids)
    {
        codes = Encoding.ASCII.GetBytes(string.Concat(grids.Select(grid => $",\"{grid.Code}\"").Prepend(",null")));
        ends = new int[grids.Count + 2];
        ids = new int[grids.Count + 1];
        ids[0] = Outside;
        ends[1] = ",null".Length;
        for (var i = 0; i < grids.Count; i++)
        {
            ids[i + 1] = grids[i].Id is var id and <= int.MaxValue ? (int)id : TooLarge;
            ends[i + 2] = ends[i + 1] + ",\"\"".Length + grids[i].Code.Length;
        }
    }

    /// <summary>A comma, and the code in quotes or null: a code is of characters that JSON does not escape.</summary>
    public ReadOnlySpan<byte> Code(int grid) => codes.AsSpan(ends[grid + 1]..ends[grid + 2]);

    /// <summary>The id, <see cref="Outside"/> or <see cref="TooLarge"/>.</summary>
    public int Id(int grid) => ids[grid + 1];
}
