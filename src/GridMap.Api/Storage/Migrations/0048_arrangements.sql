-- What a schedule says beside its quantities: what is done on a day and who sees to it, what comes back by a rule,
-- and which place a month, or which theme a week, is about.

create table arrangement (
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    day         date not null,
    -- Empty: nothing is arranged that day, whatever comes back by a rule.
    words       text not null,
    person_id   bigint references person (id),
    version     integer not null default 1,
    changed_at  timestamptz not null default now(),
    primary key (campaign_id, grid_id, day)
);

create index arrangement_day on arrangement (campaign_id, day);
create index arrangement_person on arrangement (person_id) where person_id is not null;

create table recurring_arrangement (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null references campaign (id),
    -- Everything inside it; null: the whole campaign.
    grid_id     bigint references grid (id),
    -- RFC 5545, as in FREQ=WEEKLY;BYDAY=TU.
    rule        text not null,
    words       text not null check (words <> ''),
    from_day    date not null,
    to_day      date not null,
    version     integer not null default 1,
    check (to_day >= from_day)
);

create index recurring_arrangement_campaign on recurring_arrangement (campaign_id);

create table campaign_focus (
    campaign_id bigint not null references campaign (id),
    span        text not null check (span in ('month', 'week')),
    -- The first of its month, or its Monday.
    from_day    date not null,
    grid_id     bigint references grid (id),
    words       text not null default '',
    version     integer not null default 1,
    primary key (campaign_id, span, from_day),
    check (case span when 'month' then extract(day from from_day) = 1 else extract(isodow from from_day) = 1 end)
);

grant select, insert, update on arrangement, campaign_focus to ${service};
grant select, insert, update, delete on recurring_arrangement to ${service};
