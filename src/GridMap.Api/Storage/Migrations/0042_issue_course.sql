-- The whole course of an issue: who took it up, pauses, due times and why they changed, what became of the closing; the reporter's own link.

alter table issue
    add column source            text not null default 'web' check (source in ('web', 'qr', 'program', 'hotline', 'survey', 'inspection')),
    -- The grid on whose sticker it was reported: a claim, held beside what the place says.
    add column qr_grid           bigint references grid (id),
    -- SHA-256 of the word in the reporter's link; the word itself is nowhere.
    add column track_hash        bytea unique,
    add column limit_value       numeric(9, 2) not null default 3,
    add column limit_unit        text not null default 'workdays' check (limit_unit in ('hours', 'workhours', 'workdays')),
    -- False: the due time was counted through a year whose days of rest are not known.
    add column due_certain       boolean not null default true,
    add column paused_at         timestamptz,
    add column claimed_person    bigint references person (id),
    add column claimed_at        timestamptz,
    add column rectified_at      timestamptz,
    add column on_spot           boolean not null default false,
    add column exception         text not null default '',
    add column returned          integer not null default 0,
    add column reopened          integer not null default 0,
    add column escalations       integer not null default 0,
    add column escalated_at      timestamptz,
    add column escalated_to      bigint references grid (id),
    add column duplicate_of      bigint references issue (id),
    add column exposed_at        timestamptz,
    add column satisfaction      smallint check (satisfaction between 1 and 5),
    add column satisfaction_note text not null default '';

update issue i set limit_value = c.limit_value, limit_unit = c.limit_unit from category c where c.code = i.category;

create index issue_claimed on issue (claimed_person, due_at) where closed_at is null;
create index issue_closed on issue (closed_at) where closed_at is not null;

create table issue_pause (
    id       bigint generated always as identity primary key,
    issue_id bigint not null references issue (id),
    from_at  timestamptz not null default now(),
    to_at    timestamptz check (to_at >= from_at),
    reason   text not null
);

create unique index issue_pause_open on issue_pause (issue_id) where to_at is null;
create index issue_pause_issue on issue_pause (issue_id);

-- Every due time that was ever told, and why it is another now. Append-only.
create table issue_due (
    id       bigint generated always as identity primary key,
    issue_id bigint not null references issue (id),
    at       timestamptz not null default now(),
    due_at   timestamptz not null,
    certain  boolean not null,
    why      text not null check (why in ('report', 'category', 'calendar', 'resume', 'reopen'))
);

create index issue_due_issue on issue_due (issue_id, id);
insert into issue_due (issue_id, at, due_at, certain, why) select id, reported_at, due_at, true, 'report' from issue order by id;

-- Others who saw the same and follow it.
create table issue_follower (
    track_hash bytea primary key,
    issue_id   bigint not null references issue (id),
    at         timestamptz not null default now()
);

create index issue_follower_issue on issue_follower (issue_id);

-- One person, one place, one plan (一人一地一策), for what does not go away.
create table issue_plan (
    issue_id   bigint primary key references issue (id),
    version    integer not null default 1,
    owner      bigint not null references person (id),
    watched    boolean not null default false,
    goal       text not null default '',
    updated_at timestamptz not null default now(),
    updated_by text not null
);

create table issue_plan_step (
    issue_id bigint not null references issue_plan (issue_id),
    ordinal  integer not null,
    words    text not null,
    due_on   date,
    done_on  date,
    primary key (issue_id, ordinal)
);

-- Photos are named by what is in them: the same picture is stored once.
alter table issue_photo drop constraint issue_photo_file_key;
create index issue_photo_file on issue_photo (file);

-- Keys of the service's own, such as that which signs addresses of photos.
create table service_secret (
    name  text primary key,
    value bytea not null
);

grant select, insert on issue_due, issue_follower, issue_pause, issue_plan, issue_plan_step, service_secret to ${service};
grant update (to_at) on issue_pause to ${service};
grant update (version, owner, watched, goal, updated_at, updated_by) on issue_plan to ${service};
grant delete on issue_plan_step to ${service};
grant update (limit_value, limit_unit, due_certain, paused_at, claimed_person, claimed_at, rectified_at, on_spot, exception, returned, reopened,
    escalations, escalated_at, escalated_to, duplicate_of, exposed_at, satisfaction, satisfaction_note) on issue to ${service};

-- The same picture may stand for two issues: its file goes when no row names it. The link goes with the reporter.
create or replace function erase_reporter(wanted text) returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_id bigint;
begin
    update issue set description = '', contact = '', reporter = '', satisfaction_note = '', track_hash = null, exposed_at = null, erased_at = coalesce(erased_at, now())
    where number = wanted returning id into found_id;
    if found_id is null then
        return;
    end if;
    update issue_event set note = '', by_name = 'reporter', person_id = null, account_id = null
    where issue_id = found_id and (transition = 'report' or (transition = 'reopen' and by_name = 'reporter'));
    return query delete from issue_photo where issue_id = found_id and kind = 'before' returning file;
end $$;
