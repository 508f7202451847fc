namespace GridMap.Api.Campaigns;

/// <summary>What moves with a zone that is gone. Each statement takes pairs of grids: <c>@gone</c> and <c>@heirs</c>.</summary>
internal static class RebaseSql
{
    /// <summary>The zones on the new generation: those that stay, what came of the others, and, if a whole level took part, the whole level.</summary>
    public const string Zones =
        """
        with recursive line (id) as (
            select grid_id from campaign_zone where campaign_id = @id
            union
            select l.to_id from line join lineage l on l.from_id = line.id and l.generation > @from and l.generation <= @to
        ), whole (taken) as (
            select not exists (
                select from grid_version v
                where v.level = @level and v.from_generation <= @from and (v.to_generation is null or v.to_generation > @from)
                  and v.grid_id not in (select grid_id from campaign_zone where campaign_id = @id))
        )
        select v.grid_id from grid_version v, whole
        where v.level = @level and v.from_generation <= @to and (v.to_generation is null or v.to_generation > @to)
          and (whole.taken or v.grid_id in (select id from line))
        """;

    /// <summary>What was entered for grids: planned and done by item.</summary>
    public const string Entered =
        """
        select x.gone as grid, i.code as item,
               coalesce((select sum(s.quantity) from schedule_entry s where s.campaign_id = @id and s.grid_id = x.gone and s.item = i.code), 0) as planned,
               coalesce((select sum(w.quantity) from work_log w where w.campaign_id = @id and w.grid_id = x.gone and w.item = i.code), 0) as done
        from unnest(@gone) as x (gone) cross join campaign_item i
        where i.campaign_id = @id
        order by x.gone, i.sort
        """;

    public static readonly IReadOnlyList<string> Moves =
    [
        // The plan: noted as a change on both sides, so that frozen days keep theirs.
        """
        insert into schedule_change (campaign_id, grid_id, item, week, quantity_before, quantity, recorded_at, by_name)
        select @id, s.grid_id, s.item, s.week, s.quantity, 0, @now, @by
        from schedule_entry s where s.campaign_id = @id and s.grid_id = any (@gone) and s.quantity <> 0
        union all
        select @id, m.heir, m.item, m.week, coalesce(t.quantity, 0), coalesce(t.quantity, 0) + m.quantity, @now, @by
        from (
            select x.heir, s.item, s.week, sum(s.quantity) as quantity
            from unnest(@gone, @heirs) as x (gone, heir) join schedule_entry s on s.campaign_id = @id and s.grid_id = x.gone
            group by x.heir, s.item, s.week) m
        left join schedule_entry t on t.campaign_id = @id and t.grid_id = m.heir and t.item = m.item and t.week = m.week
        where m.quantity <> 0
        """,
        """
        insert into schedule_entry (campaign_id, grid_id, item, week, quantity)
        select @id, x.heir, s.item, s.week, sum(s.quantity)
        from unnest(@gone, @heirs) as x (gone, heir) join schedule_entry s on s.campaign_id = @id and s.grid_id = x.gone
        where s.quantity <> 0
        group by x.heir, s.item, s.week
        on conflict (campaign_id, grid_id, item, week) do update set quantity = schedule_entry.quantity + excluded.quantity, version = schedule_entry.version + 1
        """,
        "update schedule_entry set quantity = 0, version = version + 1 where campaign_id = @id and grid_id = any (@gone) and quantity <> 0",
        """
        insert into schedule_goal (campaign_id, grid_id, week, goal)
        select distinct on (x.heir, g.week) @id, x.heir, g.week, g.goal
        from unnest(@gone, @heirs) as x (gone, heir) join schedule_goal g on g.campaign_id = @id and g.grid_id = x.gone
        where g.goal <> ''
        order by x.heir, g.week, x.gone
        on conflict do nothing
        """,
        // The log, entry by entry and day by day: taken back here, entered there.
        """
        with moved as (
            select w.id, x.gone, x.heir, w.item, w.day, w.quantity, w.by_role, coalesce(w.corrects, w.id) as original
            from unnest(@gone, @heirs) as x (gone, heir) join work_log w on w.campaign_id = @id and w.grid_id = x.gone
            where w.quantity <> 0
        )
        insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name, by_role, note, corrects)
        select @id, gone, item, day, -quantity, @now, @by, by_role, @note, original from moved
        union all
        select @id, heir, item, day, quantity, @now, @by, by_role, @note, case when quantity < 0 then original end from moved
        """,
        """
        with moved as (
            select x.gone, x.heir, h.day, sum(h.people)::int as people,
                   (select min(w.id) from work_log w where w.campaign_id = @id and w.grid_id = x.gone and w.day = h.day) as original
            from unnest(@gone, @heirs) as x (gone, heir) join head_count h on h.campaign_id = @id and h.grid_id = x.gone
            group by x.gone, x.heir, h.day
        )
        insert into head_count (campaign_id, grid_id, day, people, recorded_at, corrects)
        select @id, gone, day, -people, @now, original from moved where people <> 0 and original is not null
        union all
        select @id, heir, day, people, @now, null from moved where people > 0 and original is not null
        """,
        """
        insert into arrangement (campaign_id, grid_id, day, words, person_id)
        select distinct on (x.heir, a.day) @id, x.heir, a.day, a.words, a.person_id
        from unnest(@gone, @heirs) as x (gone, heir) join arrangement a on a.campaign_id = @id and a.grid_id = x.gone
        where a.day >= @today and a.words <> ''
        order by x.heir, a.day, x.gone
        on conflict do nothing
        """,
        "update recurring_arrangement r set grid_id = x.heir, version = version + 1 from unnest(@gone, @heirs) as x (gone, heir) where r.campaign_id = @id and r.grid_id = x.gone",
        "update campaign_focus f set grid_id = x.heir, version = version + 1 from unnest(@gone, @heirs) as x (gone, heir) where f.campaign_id = @id and f.grid_id = x.gone",
        """
        insert into resource_plan (campaign_id, grid_id, resource, quantity)
        select @id, x.heir, p.resource, sum(p.quantity)
        from unnest(@gone, @heirs) as x (gone, heir) join resource_plan p on p.campaign_id = @id and p.grid_id = x.gone
        where p.quantity <> 0
        group by x.heir, p.resource
        on conflict (campaign_id, grid_id, resource) do update set quantity = resource_plan.quantity + excluded.quantity, version = resource_plan.version + 1
        """,
        "update resource_plan set quantity = 0, version = version + 1 where campaign_id = @id and grid_id = any (@gone) and quantity <> 0",
        """
        with moved as (
            select x.gone, x.heir, u.resource, u.day, u.quantity, coalesce(u.corrects, u.id) as original
            from unnest(@gone, @heirs) as x (gone, heir) join resource_use u on u.campaign_id = @id and u.grid_id = x.gone
            where u.quantity <> 0
        )
        insert into resource_use (campaign_id, grid_id, resource, day, quantity, recorded_at, by_name, note, corrects)
        select @id, gone, resource, day, -quantity, @now, @by, @note, original from moved
        union all
        select @id, heir, resource, day, quantity, @now, @by, @note, case when quantity < 0 then original end from moved
        """,
        "select move_campaign(@id, @zones)",
    ];
}
