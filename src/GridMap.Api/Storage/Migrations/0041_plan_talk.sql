-- A publication at a later time, what planners say to each other about a plan, and who has it open.

-- From then on until it is published or called off nobody edits the plan. One at most: the next one would depart from another base.
alter table plan add column publish_at timestamptz;
alter table plan add column publish_by text;
alter table plan add column publish_account bigint references account (id);
alter table plan add column publish_note text not null default '';
alter table plan add column publish_vacant boolean not null default false;
create unique index plan_scheduled on plan ((true)) where publish_at is not null and state = 'draft';

create table plan_comment (
    id          bigint generated always as identity primary key,
    plan_id     bigint not null references plan (id),
    text        text not null check (text <> ''),
    grid_code   text collate "C",
    point       geometry (Point, 4490),
    created_at  timestamptz not null default now(),
    created_by  text not null,
    resolved_at timestamptz,
    resolved_by text
);

create index plan_comment_plan on plan_comment (plan_id, id);

-- One row for each planner who has the plan open; older than half a minute they are gone.
create table plan_presence (
    plan_id bigint not null references plan (id),
    who     text not null,
    key     text not null,
    grids   text[] not null default '{}',
    seen_at timestamptz not null default now(),
    primary key (plan_id, key)
);

grant select, insert on plan_comment to ${service};
grant update (resolved_at, resolved_by) on plan_comment to ${service};
grant usage on sequence plan_comment_id_seq to ${service};
grant select, insert, update, delete on plan_presence to ${service};
