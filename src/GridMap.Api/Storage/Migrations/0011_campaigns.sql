-- Campaigns over the grids of one level: what is planned for each week, and what was done each day.

create table campaign (
    id           bigint generated always as identity primary key,
    name         text not null,
    name_en      text not null default '',
    from_day     date not null,
    to_day       date not null,
    zone_level   smallint not null check (zone_level between 1 and 6),
    -- The generation at its start; its zones and their parents are those of this generation until an explicit re-base.
    generation   integer not null references generation (number),
    green_limit  numeric(5, 3) not null default 0.95,
    yellow_limit numeric(5, 3) not null default 0.80,
    -- Bumped by each change of schedule, log or freeze: what a process compares with the figures it holds.
    revision     bigint not null default 1,
    created_at   timestamptz not null default now(),
    check (to_day >= from_day and to_day - from_day < 1100),
    check (green_limit > yellow_limit and yellow_limit > 0)
);

create table campaign_item (
    campaign_id bigint not null references campaign (id),
    code        text collate "C" not null check (code ~ '^[0-9A-Za-z._-]{1,40}$'),
    name        text not null,
    name_en     text not null default '',
    unit        text not null,
    weight      numeric(9, 3) not null check (weight > 0),
    sort        integer not null,
    primary key (campaign_id, code)
);

create table campaign_zone (
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    primary key (campaign_id, grid_id)
);

-- Weeks begin on Monday.
create table schedule_entry (
    campaign_id bigint not null,
    grid_id     bigint not null references grid (id),
    item        text collate "C" not null,
    week        date not null check (extract(isodow from week) = 1),
    quantity    numeric(14, 3) not null check (quantity >= 0),
    version     integer not null default 1,
    primary key (campaign_id, grid_id, item, week),
    foreign key (campaign_id, item) references campaign_item (campaign_id, code)
);

create table schedule_goal (
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    week        date not null check (extract(isodow from week) = 1),
    goal        text not null,
    version     integer not null default 1,
    primary key (campaign_id, grid_id, week)
);

-- Append-only. A correction is an entry of its own, which may be negative.
create table work_log (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null,
    grid_id     bigint not null references grid (id),
    item        text collate "C" not null,
    day         date not null,
    quantity    numeric(14, 3) not null,
    recorded_at timestamptz not null default now(),
    by_name     text not null,
    note        text not null default '',
    corrects    bigint references work_log (id),
    foreign key (campaign_id, item) references campaign_item (campaign_id, code),
    check (quantity >= 0 or corrects is not null)
);

create index work_log_grid on work_log (campaign_id, grid_id, day);

create table head_count (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    day         date not null,
    people      integer not null check (people >= 0),
    recorded_at timestamptz not null default now()
);

create index head_count_day on head_count (campaign_id, day);

create table frozen_day (
    campaign_id bigint not null references campaign (id),
    day         date not null,
    frozen_at   timestamptz not null default now(),
    primary key (campaign_id, day)
);

grant select, insert on campaign, campaign_item, campaign_zone, work_log, head_count, frozen_day to ${service};
grant update (revision) on campaign to ${service};
grant select, insert, update on schedule_entry, schedule_goal to ${service};
