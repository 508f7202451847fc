-- Edits that can be taken back: a cursor over them, what each replaced and made, the plan's locks.

-- How many edits are in force; those behind were undone, and go when another is made.
alter table plan add column cursor integer not null default 0;
update plan set cursor = (select count(*) from plan_edit e where e.plan_id = plan.id);

-- The plan's version that the edit made: who writes on an older one is told what came between.
alter table plan_edit add column version integer not null default 1;

-- The grids that an edit changed, as they were and as they became; a row of one side only is a grid that it made or took away.
create table plan_edit_grid (
    plan_id    bigint not null,
    ordinal    integer not null,
    grid_id    bigint not null,
    is_after   boolean not null,
    change     text not null check (change in ('added', 'removed', 'reshaped', 'reNoded', 'updated')),
    code       text collate "C" not null,
    name       text not null,
    level      smallint not null,
    kind       text not null,
    parent_id  bigint,
    geom       geometry (MultiPolygon, 4490) not null,
    attributes jsonb not null,
    primary key (plan_id, ordinal, grid_id, is_after),
    foreign key (plan_id, ordinal) references plan_edit (plan_id, ordinal) on delete cascade
);

create table plan_lock (
    plan_id   bigint not null references plan (id),
    grid_id   bigint not null,
    locked_at timestamptz not null default now(),
    locked_by text not null,
    primary key (plan_id, grid_id)
);

-- Defects are replaced family by family after an edit (the parent's id, 0 for the outermost, -1 for codes), or grid by grid; an import's have neither.
alter table plan_defect add column family bigint;
alter table plan_defect add column grid_id bigint;

grant select, insert, delete on plan_edit_grid, plan_lock to ${service};

-- A grid that has nothing but vertices more on borders that run as before: neighbours and parents of what was edited.
alter table plan_grid add column re_noded boolean not null default false;

-- As before, but for what is only re-noded: that changes nobody's ground.
create or replace function plan_beyond(wanted bigint, roots bigint[]) returns setof text language sql stable as $$
    with recursive inside as (
        select grid_id from reach(roots) as r (grid_id)
        union
        select p.grid_id from inside join plan_grid p on p.plan_id = wanted and p.parent_id = inside.grid_id and not p.removed
        where not exists (select from grid where grid.id = p.grid_id)
    )
    select p.code from plan_grid p
    where p.plan_id = wanted and not p.re_noded and (
        p.grid_id not in (select grid_id from inside)
        or (not p.removed and p.parent_id is not null and p.parent_id not in (select grid_id from inside)
            and p.parent_id is distinct from (
                select v.parent_id from grid_version v where v.grid_id = p.grid_id order by v.from_generation desc limit 1)))
    order by p.code
$$;

alter table event drop constraint event_kind_check;
alter table event add constraint event_kind_check check (kind in ('issue', 'progress', 'generation', 'plan', 'duty', 'inbox'));
