-- Plans: base generation + ordered edits; the current state is materialised as the difference from the base.

create table plan (
    id              bigint generated always as identity primary key,
    name            text not null,
    base_generation integer references generation (number),
    state           text not null default 'draft' check (state in ('draft', 'published', 'abandoned')),
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    created_by      text not null,
    published_as    integer references generation (number)
);

alter table generation add foreign key (plan_id) references plan (id);

create table plan_edit (
    plan_id    bigint not null references plan (id),
    ordinal    integer not null,
    kind       text not null,
    parameters jsonb not null,
    result     jsonb not null,
    created_at timestamptz not null default now(),
    created_by text not null,
    primary key (plan_id, ordinal)
);

-- A grid of the plan that differs from its base: new, changed, or (removed) gone.
create table plan_grid (
    plan_id    bigint not null references plan (id),
    grid_id    bigint not null,
    removed    boolean not null default false,
    code       text collate "C" not null,
    name       text not null,
    level      smallint not null,
    kind       text not null,
    parent_id  bigint,
    geom       geometry (MultiPolygon, 4490) not null,
    area_m2    double precision not null,
    attributes jsonb not null default '{}',
    primary key (plan_id, grid_id)
);

create index plan_grid_geom on plan_grid using gist (geom);

create table plan_defect (
    plan_id bigint not null references plan (id),
    ordinal integer not null,
    kind    text not null,
    blocks  boolean not null,
    codes   text[] not null,
    geom    geometry (Geometry, 4490) not null,
    measure double precision not null,
    unit    text not null,
    primary key (plan_id, ordinal)
);

create table import_job (
    id          bigint generated always as identity primary key,
    state       text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
    stage       text not null default 'queued',
    done        integer not null default 0,
    total       integer not null default 0,
    parameters  jsonb not null,
    report      jsonb,
    problem     jsonb,
    plan_id     bigint references plan (id),
    created_at  timestamptz not null default now(),
    created_by  text not null,
    finished_at timestamptz
);

grant select, insert, update on plan, import_job to ${service};
grant select, insert, delete on plan_edit to ${service};
grant select, insert, update, delete on plan_grid, plan_defect to ${service};
