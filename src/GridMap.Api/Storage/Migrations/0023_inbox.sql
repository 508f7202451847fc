-- What somebody must know, and events that are not for everybody.

create table inbox (
    id         bigint generated always as identity primary key,
    person_id  bigint not null references person (id),
    at         timestamptz not null default now(),
    kind       text not null,
    parameters jsonb not null,
    -- A local path of the viewer.
    link       text not null default '' check (link = '' or link ~ '^/([^/\\]|$)'),
    read_at    timestamptz
);

create index inbox_person on inbox (person_id, id);
create index inbox_unread on inbox (person_id) where read_at is null;

alter table event drop constraint event_kind_check;
alter table event add constraint event_kind_check check (kind in ('issue', 'progress', 'generation', 'duty', 'inbox'));
-- The grid that an event is about, by which it is held to a listener's reach; and the one person whom it is for.
alter table event add column grid_id bigint;
alter table event add column person_id bigint;

grant select, insert on inbox to ${service};
grant update (read_at) on inbox to ${service};
