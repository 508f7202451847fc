-- Roles on grids, and how far they reach.

alter table duty drop constraint duty_role_check;
alter table duty add constraint duty_role_check check (role in (
    'admin', 'campaign_office', 'planner', 'inspector', 'grid_leader', 'grid_worker', 'supervisor', 'volunteer', 'viewer', 'integrator'));

-- Without a grid a role reaches the whole territory; who answers for a grid answers for one.
alter table duty alter column grid_id drop not null;
alter table duty add constraint duty_grid_check check (
    grid_id is not null or role in ('admin', 'campaign_office', 'planner', 'inspector', 'viewer', 'integrator'));

-- A term that is called off before it begins ends as it begins: it never ran.
alter table duty drop constraint duty_check;
alter table duty add constraint duty_check check (to_at is null or to_at >= from_at);

-- 代班: somebody else's term beside this one, always with an end.
alter table duty add column stands_in_for bigint references duty (id);
alter table duty add constraint duty_stand_in_check check (stands_in_for is null or to_at is not null);
alter table duty add column recorded_by text not null default '';
create index duty_person on duty (person_id);

-- Terms are ended, never rewritten: what has ended stays as it was, and an end lies not in the past.
create function keep_ended_duty() returns trigger language plpgsql as $$
begin
    if new.to_at is distinct from old.to_at and (old.to_at <= now() or new.to_at < now() - interval '1 minute') then
        raise exception 'duty % has ended, or would end in the past: a correction stands beside it', old.id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger duty_ended before update on duty for each row execute function keep_ended_duty();

-- What should have been written down: beside the answer that was given for that time, never in its place.
create table duty_correction (
    id          bigint generated always as identity primary key,
    -- The term that was wrong; null for one that nobody wrote down.
    duty_id     bigint references duty (id),
    grid_id     bigint references grid (id),
    person_id   bigint not null references person (id),
    role        text not null,
    from_at     timestamptz not null,
    to_at       timestamptz,
    reason      text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    check (to_at is null or to_at >= from_at)
);

create index duty_correction_grid on duty_correction (grid_id);
create index duty_correction_person on duty_correction (person_id);

-- The grids, all inside them, and the grids of the past that count there: those whose last parent is inside, or whose greater part
-- became one that is. The parents are those of the present, so that a new part is reached by those who reach its parent.
create function reach(roots bigint[]) returns setof bigint language sql stable as $$
    with recursive present as (
        select coalesce(max(number), 0) as number from generation where effective_from <= now()
    ), part as (
        select unnest(roots) as grid_id
        union
        select inner_grid.grid_id from part, present, lateral (
            select v.grid_id from grid_version v
            where v.parent_id = part.grid_id and v.from_generation <= present.number
              and not exists (
                select from grid_version later
                where later.grid_id = v.grid_id and later.from_generation > v.from_generation and later.from_generation <= present.number)
            union all
            select l.from_id from lineage l
            where l.to_id = part.grid_id and l.share > 0.5 and l.generation <= present.number
              and not exists (
                select from grid_version v
                where v.grid_id = l.from_id and v.from_generation <= present.number
                  and (v.to_generation is null or v.to_generation > present.number))
        ) inner_grid
    )
    select grid_id from part
$$;

grant select, insert on duty_correction to ${service};
grant execute on function reach(bigint[]) to ${service};

-- The codes of a plan's grids that lie beyond a reach: those that are not inside it, and those that a new parent would bring in or
-- out. A grid that the plan makes lies where its parent lies.
create function plan_beyond(wanted bigint, roots bigint[]) returns setof text language sql stable as $$
    with recursive inside as (
        select grid_id from reach(roots) as r (grid_id)
        union
        select p.grid_id from inside join plan_grid p on p.plan_id = wanted and p.parent_id = inside.grid_id and not p.removed
        where not exists (select from grid where grid.id = p.grid_id)
    )
    select p.code from plan_grid p
    where p.plan_id = wanted and (
        p.grid_id not in (select grid_id from inside)
        or (not p.removed and p.parent_id is not null and p.parent_id not in (select grid_id from inside)
            and p.parent_id is distinct from (
                select v.parent_id from grid_version v where v.grid_id = p.grid_id order by v.from_generation desc limit 1)))
    order by p.code
$$;

grant execute on function plan_beyond(bigint, bigint[]) to ${service};
