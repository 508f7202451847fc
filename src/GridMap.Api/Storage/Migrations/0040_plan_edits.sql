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

alter table event drop constraint event_kind_check;
alter table event add constraint event_kind_check check (kind in ('issue', 'progress', 'generation', 'plan', 'duty', 'inbox'));
