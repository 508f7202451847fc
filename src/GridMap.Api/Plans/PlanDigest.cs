using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using GridMap.Core.Coverages;
using GridMap.Core.Ewkb;
using Npgsql;

namespace GridMap.Api.Plans;

/// <summary>
/// What a validation was about, in 32 bytes: the grids of a plan's difference with all that a validation looks at (identity, code, level, parent,
/// polygon), the generation that they differ from, the rules, and the program's own build, which may find what an earlier one did not. A generation
/// never changes, so its number stands for its grids. Equal digests: the same validation, with the same outcome. Stateless and thread safe.
/// </summary>
internal static class PlanDigest
{
    // By rising identity, the SHA-256 of each row; a code has none of the bytes that a polygon begins with.
    private const string RowsSql =
        """
        select sha256(string_agg(
            sha256(int8send(grid_id) || boolsend(removed) || int2send(level) || int8send(coalesce(parent_id, 0)) || convert_to(code, 'UTF8') || st_asewkb(geom, 'NDR')),
            ''::bytea order by grid_id))
        from plan_grid where plan_id = @plan
        """;

    /// <summary>Of grids that are to be stored as a plan's difference.</summary>
    /// <param name="baseGeneration">What they differ from; null before the first.</param>
    /// <param name="rules">What they were held to.</param>
    /// <param name="grids">The difference; each grid once.</param>
    public static byte[] Of(int? baseGeneration, DefectRules rules, IReadOnlyList<PlanGrid> grids)
    {
        var rows = new byte[grids.Count * SHA256.HashSizeInBytes];
        var order = Enumerable.Range(0, grids.Count).OrderBy(i => grids[i].GridId).ToArray();
        Parallel.For(0, order.Length, i => HashRow(grids[order[i]], rows.AsSpan(i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes)));
        return Whole(baseGeneration, rules, SHA256.HashData(rows));
    }

    /// <summary>Of a plan's difference as it stands, in a transaction that holds the plan.</summary>
    public static async Task<byte[]> OfStoredAsync(NpgsqlTransaction transaction, long plan, int? baseGeneration, DefectRules rules)
    {
        var rows = await transaction.Connection!.ExecuteScalarAsync<byte[]>(RowsSql, new { plan }, transaction, commandTimeout: 0);
        return Whole(baseGeneration, rules, rows ?? SHA256.HashData([]));
    }

    private static void HashRow(PlanGrid grid, Span<byte> hash)
    {
        var polygon = EwkbWriter.Write(grid.Geometry);
        var row = new byte[19 + Encoding.UTF8.GetByteCount(grid.Code) + polygon.Length];
        BinaryPrimitives.WriteInt64BigEndian(row, grid.GridId);
        row[8] = grid.Removed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt16BigEndian(row.AsSpan(9), (short)grid.Level);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(11), grid.ParentId ?? 0);
        Encoding.UTF8.GetBytes(grid.Code, row.AsSpan(19));
        polygon.CopyTo(row.AsSpan(row.Length - polygon.Length));
        SHA256.HashData(row, hash);
    }

    private static byte[] Whole(int? baseGeneration, DefectRules rules, byte[] rows)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"{typeof(CoverageValidator).Module.ModuleVersionId} {baseGeneration ?? 0} {rules.SliverSquareMetres:R} {rules.SliverWidthMetres:R} {string.Join(',', rules.AlsoBlocking.Order())} {string.Join(',', rules.SinglePartLevels.Order())} ");
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(about), .. rows]);
    }
}
