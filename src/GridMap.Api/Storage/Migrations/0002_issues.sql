-- Categories, issues with an append-only event log, idempotency keys, and the outbox of server-sent events.

create table category (
    code        text collate "C" primary key check (code ~ '^[0-9A-Za-z._-]{1,40}$'),
    parent      text collate "C" references category (code),
    name        text not null,
    name_en     text not null default '',
    unit        text not null default '处',
    limit_value numeric(9, 2) not null default 3 check (limit_value > 0),
    limit_unit  text not null default 'workdays' check (limit_unit in ('hours', 'workhours', 'workdays')),
    picture     text not null default '',
    sort        integer not null default 0
);

create sequence issue_number;

create table issue (
    id                  bigint generated always as identity primary key,
    number              text collate "C" not null unique,
    category            text collate "C" not null references category (code),
    description         text not null default '',
    contact             text not null default '',
    reporter            text not null default '',
    point               geometry (Point, 4490) not null,
    accuracy            real,
    state               text not null default 'reported'
                        check (state in ('reported', 'filed', 'claimed', 'rectified', 'writtenOff', 'rejected', 'duplicate')),
    reported_at         timestamptz not null default now(),
    due_at              timestamptz not null,
    updated_at          timestamptz not null default now(),
    closed_at           timestamptz,
    -- The deepest grid that covers the point, by the published rule; null: outside the territory.
    grid_id             bigint references grid (id),
    -- The generation that assigned it. A closed issue keeps the grid version and the person of its time.
    assigned_generation integer references generation (number),
    claimed_by          text,
    rectified_by        text,
    verified_by         text,
    check ((closed_at is not null) = (state in ('writtenOff', 'rejected', 'duplicate')))
);

create index issue_point on issue using gist (point);
create index issue_grid on issue (grid_id, state);
create index issue_list on issue (reported_at desc, id desc);
create index issue_open_due on issue (due_at) where closed_at is null;

create table issue_event (
    id         bigint generated always as identity primary key,
    issue_id   bigint not null references issue (id),
    at         timestamptz not null default now(),
    transition text not null,
    from_state text,
    to_state   text not null,
    by_name    text not null,
    note       text not null default '',
    details    jsonb not null default '{}'
);

create index issue_event_issue on issue_event (issue_id, id);

create table issue_photo (
    id         bigint generated always as identity primary key,
    issue_id   bigint not null references issue (id),
    event_id   bigint not null references issue_event (id),
    kind       text not null check (kind in ('before', 'after')),
    file       text not null unique,
    media_type text not null,
    bytes      integer not null
);

create index issue_photo_issue on issue_photo (issue_id);

create table idempotency_key (
    caller     text not null,
    key        text not null,
    body_hash  bytea not null,
    status     integer not null,
    response   jsonb not null,
    created_at timestamptz not null default now(),
    primary key (caller, key)
);

create index idempotency_key_age on idempotency_key (created_at);

-- The outbox of server-sent events. Readers take rows whose transaction is older than every running one,
-- ordered by (xact, id): nothing that commits late is skipped.
create table event (
    id      bigint generated always as identity primary key,
    xact    xid8 not null default pg_current_xact_id(),
    at      timestamptz not null default now(),
    kind    text not null check (kind in ('issue', 'progress', 'generation')),
    payload jsonb not null
);

create index event_order on event (xact, id);
create index event_age on event (at);

create function announce_event() returns trigger language plpgsql as $$
begin
    notify gridmap_event;
    return null;
end $$;

create trigger event_added after insert on event for each statement execute function announce_event();
create trigger category_changed after insert or update or delete on category for each statement execute function bump_snapshot_revision();

grant select, insert, update on category to ${service};
grant select, insert on issue, issue_event, issue_photo, idempotency_key, event to ${service};
grant update (state, due_at, updated_at, closed_at, grid_id, assigned_generation, category, claimed_by, rectified_by, verified_by)
    on issue to ${service};
grant delete on idempotency_key to ${service};
grant delete on event to ${service};
grant usage on sequence issue_number to ${service};
