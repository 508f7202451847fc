using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Editing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Generations;

/// <summary>A state of all grids: a generation's or a plan's.</summary>
internal readonly record struct DiffSide(int Generation, long Plan)
{
    public static DiffSide Of(int generation) => new(generation, 0);

    public static DiffSide OfPlan(long plan) => new(0, plan);
}

/// <summary>What differs between two states.</summary>
/// <param name="Items">Grids that differ, by code; those that only got vertices on borders that run as before are left out unless they are asked for.</param>
/// <param name="Counts">How many of each kind, re-noded ones too.</param>
/// <param name="MovedSquareMetres">Ground that has another innermost grid.</param>
public sealed record DiffAnswer(IReadOnlyList<DiffItem> Items, DiffCounts Counts, double MovedSquareMetres);

/// <summary>How many of each kind.</summary>
public sealed record DiffCounts(int Added, int Removed, int Reshaped, int Updated, int ReNoded);

/// <summary>A grid that differs.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Change">added, removed, reshaped, updated or reNoded.</param>
/// <param name="Before">As it was; null when it is new.</param>
/// <param name="After">As it is; null when it is gone.</param>
/// <param name="GainedSquareMetres">Ground that it has now and had not.</param>
/// <param name="LostSquareMetres">Ground that it had and has no more.</param>
/// <param name="Issues">Open issues that lie in what it gained or lost.</param>
public sealed record DiffItem(
    long Id, string Change, DiffGrid? Before, DiffGrid? After, double GainedSquareMetres, double LostSquareMetres, int Issues);

/// <summary>One side of a difference.</summary>
public sealed record DiffGrid(string Code, string Name, int Level, string Kind, string? Parent, double AreaSquareMetres, int? Households);

/// <summary>Compares states of all grids. Thread safe.</summary>
internal sealed class DiffQuery(Database database)
{
    // A state's rows with what tells two of the same row apart: a version that is in both is the same.
    private const string SideSql =
        """
        select p.grid_id, p.code, p.name, p.level::int, p.kind, p.parent_id, p.geom, p.area_m2, p.attributes, -p.plan_id as origin
        from plan_grid p where p.plan_id = @{0}Plan and not p.removed
        union all
        select v.grid_id, v.code, v.name, v.level::int, v.kind, v.parent_id, v.geom, v.area_m2, v.attributes, v.from_generation
        from grid_version v
        where v.from_generation <= @{0}Generation and (v.to_generation is null or v.to_generation > @{0}Generation)
          and not exists (select from plan_grid p where p.plan_id = @{0}Plan and p.grid_id = v.grid_id)
        """;

    private static readonly string Sql =
        $"""
        with a as materialized ({SideSql.Replace("{0}", "a", StringComparison.Ordinal)}), b as materialized ({SideSql.Replace("{0}", "b", StringComparison.Ordinal)})
        select coalesce(a.grid_id, b.grid_id) as id, a.grid_id is null as is_new, b.grid_id is null as is_gone,
               a.code as code_a, a.name as name_a, a.level as level_a, a.kind as kind_a, pa.code as parent_a, a.area_m2 as area_a, a.attributes::text as attributes_a, a.geom as geom_a,
               b.code as code_b, b.name as name_b, b.level as level_b, b.kind as kind_b, pb.code as parent_b, b.area_m2 as area_b, b.attributes::text as attributes_b, b.geom as geom_b
        from a full join b on b.grid_id = a.grid_id left join a pa on pa.grid_id = a.parent_id left join b pb on pb.grid_id = b.parent_id
        where a.grid_id is null or b.grid_id is null or (a.origin <> b.origin and (
              (a.code, a.name, a.level, a.kind, a.attributes) is distinct from (b.code, b.name, b.level, b.kind, b.attributes)
              or a.parent_id is distinct from b.parent_id or a.geom is distinct from b.geom))
        order by coalesce(b.code, a.code)
        """;

    // Gained and lost ground, and the open issues in it, of the grids whose ground is another.
    private const string IssuesSql = "select count(*)::int from issue where closed_at is null and point && @ground and st_intersects(point, @ground)";

    /// <summary>The state that a generation is compared with: a number, the one in force at an instant, or the one before it.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<DiffSide> FromAsync(int? number, int? from, DateTimeOffset? since, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        foreach (var asked in (int?[])[number, from])
        {
            if (asked is { } one && !await connection.ExecuteScalarAsync<bool>("select exists (select from generation where number = @one)", new { one }))
                throw new ProblemException(Problem.NotFound("unknown_generation", $"There is no generation {one}; /api/v1/generations lists them."));
        }

        if (since is { } instant)
            return DiffSide.Of(await connection.ExecuteScalarAsync<int>("select coalesce(max(number), 0) from generation where effective_from <= @at", new { at = instant.UtcDateTime }));
        return DiffSide.Of(from ?? (number - 1) ?? 0);
    }

    /// <summary>Compares, and answers as JSON or, when that is asked for, as GeoJSON: what was gained and lost. How many households is for planners.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, DiffSide before, DiffSide after, bool withReNoded, bool withHouseholds, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var found = await CompareAsync(connection, before, after, cancel);
        if (!withHouseholds)
            found = found.ConvertAll(row => row with { Item = row.Item with { Before = row.Item.Before is { } was ? was with { Households = null } : null, After = row.Item.After is { } now ? now with { Households = null } : null } });
        var shown = found.Where(row => withReNoded || row.Item.Change != "reNoded").ToList();
        if (!context.WantsGeoJson())
            return TypedResults.Ok(Summed(shown, found));
        var features = shown.SelectMany(row => (IEnumerable<(DiffItem Item, string Side, Geometry Ground)>)[(row.Item, "gained", row.Gained), (row.Item, "lost", row.Lost)])
            .Where(part => !part.Ground.IsEmpty).ToList();
        return new FeaturePage<(DiffItem Item, string Side, Geometry Ground)>(
            new Page<(DiffItem Item, string Side, Geometry Ground)>(features, null), part => part.Item.Id, part => part.Ground, (writer, part) =>
            {
                writer.WriteString("side", part.Side);
                writer.WriteString("change", part.Item.Change);
                writer.WriteString("code", (part.Item.After ?? part.Item.Before)!.Code);
                writer.WriteString("name", (part.Item.After ?? part.Item.Before)!.Name);
                writer.WriteNumber("level", (part.Item.After ?? part.Item.Before)!.Level);
            });
    }

    private static DiffAnswer Summed(List<Row> shown, List<Row> all)
    {
        int Count(string change) => all.Count(row => row.Item.Change == change);
        var innermost = all.Count == 0 ? 0 : all.Max(row => (row.Item.After ?? row.Item.Before)!.Level);
        return new DiffAnswer(
            [.. shown.Select(row => row.Item)], new DiffCounts(Count("added"), Count("removed"), Count("reshaped"), Count("updated"), Count("reNoded")),
            Math.Round(all.Where(row => row.Item.After?.Level == innermost).Sum(row => row.Item.GainedSquareMetres), 2));
    }

    private static async Task<List<Row>> CompareAsync(NpgsqlConnection connection, DiffSide before, DiffSide after, CancellationToken cancel)
    {
        var (a, b) = (await SideAsync(connection, before), await SideAsync(connection, after));
        var rows = await connection.QueryAsync<Pair>(new CommandDefinition(
            Sql, new { aPlan = before.Plan, aGeneration = a, bPlan = after.Plan, bGeneration = b }, commandTimeout: 0, cancellationToken: cancel));
        var found = new List<Row>();
        foreach (var pair in rows)
            found.Add(await RowAsync(connection, pair, cancel));
        return found;
    }

    /// <summary>The generation from which a side takes what its plan does not change.</summary>
    private static async Task<int> SideAsync(NpgsqlConnection connection, DiffSide side) => side.Plan == 0
        ? side.Generation
        : await connection.ExecuteScalarAsync<int?>("select base_generation from plan where id = @Plan", new { side.Plan }) ?? 0;

    private static async Task<Row> RowAsync(NpgsqlConnection connection, Pair pair, CancellationToken cancel)
    {
        var (was, becomes) = (pair.IsNew ? null : pair.A, pair.IsGone ? null : pair.B);
        var change = was is null ? "added"
            : becomes is null ? "removed"
            : !ReNoding.IsSameGround((MultiPolygon)pair.GeomA!, (MultiPolygon)pair.GeomB!) ? "reshaped"
            : was with { AreaSquareMetres = 0 } == becomes with { AreaSquareMetres = 0 } && pair.AttributesA == pair.AttributesB ? "reNoded" : "updated";
        if (change is "reNoded" or "updated")
            return new Row(new DiffItem(pair.Id, change, was, becomes, 0, 0, 0), Empty(), Empty());
        var gained = becomes is null ? Empty() : was is null ? pair.GeomB! : pair.GeomB!.Difference(pair.GeomA);
        var lost = was is null ? Empty() : becomes is null ? pair.GeomA! : pair.GeomA!.Difference(pair.GeomB);
        var issues = 0;
        foreach (var ground in (Geometry[])[gained, lost])
        {
            if (ground.IsEmpty)
                continue;
            var parameters = new DynamicParameters();
            parameters.Add("ground", ground);
            issues += await connection.ExecuteScalarAsync<int>(new CommandDefinition(IssuesSql, parameters, cancellationToken: cancel));
        }

        return new Row(new DiffItem(pair.Id, change, was, becomes, Area(gained), Area(lost), issues), gained, lost);
    }

    private static double Area(Geometry ground) => ground switch
    {
        Polygon or MultiPolygon => Math.Round(Core.Coordinates.EllipsoidalArea.SquareMetres(ground), 2),
        GeometryCollection parts => parts.Geometries.Sum(Area),
        _ => 0,
    };

    private static Geometry Empty() => Core.Coordinates.Lattice.Factory.CreateMultiPolygon();

    private sealed record Row(DiffItem Item, Geometry Gained, Geometry Lost);

    private sealed class Pair
    {
        public long Id { get; init; }

        public bool IsNew { get; init; }

        public bool IsGone { get; init; }

        public string CodeA { get; init; } = "";

        public string NameA { get; init; } = "";

        public int LevelA { get; init; }

        public string KindA { get; init; } = "";

        public string? ParentA { get; init; }

        public double AreaA { get; init; }

        public string? AttributesA { get; init; }

        public Geometry? GeomA { get; init; }

        public string CodeB { get; init; } = "";

        public string NameB { get; init; } = "";

        public int LevelB { get; init; }

        public string KindB { get; init; } = "";

        public string? ParentB { get; init; }

        public double AreaB { get; init; }

        public string? AttributesB { get; init; }

        public Geometry? GeomB { get; init; }

        public DiffGrid A => new(CodeA, NameA, LevelA, KindA, ParentA, Math.Round(AreaA, 2), GridAttributes.HouseholdsOf(AttributesA ?? "{}"));

        public DiffGrid B => new(CodeB, NameB, LevelB, KindB, ParentB, Math.Round(AreaB, 2), GridAttributes.HouseholdsOf(AttributesB ?? "{}"));
    }
}
