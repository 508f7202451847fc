namespace GridMap.Api.Generations;

/// <summary>The statements of a publication, in the order in which they run. Parameters: plan, number, base, by, note.</summary>
internal static class PublicationSql
{
    public const string Generation =
        """
        insert into generation (number, published_at, effective_from, published_by, note, plan_id)
        values (@number, now(), now(), @by, @note, @plan)
        """;

    /// <summary>Publications take turns, so that nobody else brings one in between. The same holds for codes.</summary>
    public const string Identities =
        """
        insert into grid (id)
        select p.grid_id from plan_grid p where p.plan_id = @plan and (select g.id from grid g where g.id = p.grid_id) is null
        """;

    /// <summary>Gives new codes to their grids.</summary>
    public const string Codes =
        """
        insert into grid_code (code, grid_id)
        select p.code, p.grid_id from plan_grid p
        where p.plan_id = @plan and not p.removed and (select c.grid_id from grid_code c where c.code = p.code) is null
        """;

    /// <summary>Codes that belong to another grid. No join, whose plan would hang on what the tables held when they were last counted: each code is looked up.</summary>
    public const string TakenCodes =
        """
        select p.code from plan_grid p
        where p.plan_id = @plan and not p.removed and (select c.grid_id from grid_code c where c.code = p.code) <> p.grid_id
        order by p.code
        """;

    public const string EndVersions =
        """
        update grid_version v set to_generation = @number
        from plan_grid p where p.plan_id = @plan and v.grid_id = p.grid_id and v.to_generation is null
        """;

    public const string StartVersions =
        """
        insert into grid_version (grid_id, from_generation, code, name, level, kind, parent_id, geom, area_m2, attributes)
        select grid_id, @number, code, name, level, kind, parent_id, geom, area_m2, attributes
        from plan_grid where plan_id = @plan and not removed
        """;

    /// <summary>
    /// Where the ground of each grid that is gone went, and from where each new one has its own: pairs of one level, by share of the older one's polygon.
    /// </summary>
    public const string Lineage =
        """
        insert into lineage (from_id, to_id, generation, share)
        select old.grid_id, new.grid_id, @number, least(1, st_area(st_intersection(old.geom, new.geom)) / st_area(old.geom))
        from plan_grid p
        join grid_version old on old.grid_id = p.grid_id and old.to_generation = @number
        join grid_version new on new.level = old.level and new.from_generation = @number and new.geom && old.geom and st_intersects(new.geom, old.geom)
        where p.plan_id = @plan and new.grid_id <> old.grid_id
          and (p.removed or not exists (select from grid_version before where before.grid_id = new.grid_id and before.from_generation < @number))
          and st_area(st_intersection(old.geom, new.geom)) / st_area(old.geom) > 1e-6
        """;

    /// <summary>Leaders and workers of grids whose ground or name is another now, or that are gone, are told. The viewer has the words.</summary>
    public const string TellPeople =
        """
        with told as (
            insert into inbox (person_id, kind, parameters, link)
            select distinct on (d.person_id, p.grid_id) d.person_id, case when p.removed then 'grid.removed' else 'grid.changed' end,
                   jsonb_build_object('grid', p.code, 'gridName', p.name, 'generation', @number, 'by', @by, 'role', d.role),
                   case when p.removed then '' else '/grids/' || p.code end
            from plan_grid p
            join grid_version old on old.grid_id = p.grid_id and old.to_generation = @number
            join duty d on d.grid_id = p.grid_id and d.role in ('grid_leader', 'grid_worker') and d.from_at <= now() and (d.to_at is null or d.to_at > now())
            where p.plan_id = @plan and not p.re_noded and d.person_id is distinct from @person
              and (p.removed or p.geom is distinct from old.geom or (p.name, p.code) is distinct from (old.name, old.code))
            order by d.person_id, p.grid_id, d.role
            returning id, kind, person_id)
        insert into event (kind, payload, person_id) select 'inbox', jsonb_build_object('id', id, 'kind', kind), person_id from told
        """;

    /// <summary>Open issues inside the changed part, by the published rule, each move logged.</summary>
    public const string ReassignIssues =
        """
        with touched as (
            select i.id, i.grid_id as was, d.grid_id as becomes, i.state
            from issue i
            left join lateral (
                select v.grid_id from grid_version v
                where v.to_generation is null and v.geom && i.point and st_covers(v.geom, i.point)
                order by v.level desc, v.code limit 1
            ) d on true
            where i.closed_at is null
              and exists (
                select from plan_grid p
                where p.plan_id = @plan and (p.grid_id = i.grid_id or (not p.removed and p.geom && i.point)))
        ), moved as (
            update issue set grid_id = touched.becomes, assigned_generation = @number
            from touched where issue.id = touched.id
            returning issue.id
        )
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, details)
        select touched.id, 'reassign', touched.state, touched.state, @by,
               jsonb_build_object('generation', @number, 'from', touched.was, 'to', touched.becomes)
        from touched join moved on moved.id = touched.id
        where touched.was is distinct from touched.becomes
        """;

    public const string PlanPublished =
        "update plan set state = 'published', published_as = @number, publish_at = null, version = version + 1 where id = @plan";

    /// <summary>Grids that the plan changes and that were changed since its base.</summary>
    public const string Conflicts =
        """
        select p.code from plan_grid p
        where p.plan_id = @plan and exists (
            select from grid_version v where v.grid_id = p.grid_id and (v.from_generation > @base or v.to_generation > @base))
        order by p.code
        """;
}
