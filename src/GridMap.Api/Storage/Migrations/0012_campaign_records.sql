-- Phases of a campaign, what a schedule was before it was changed, and who logged in which role.

create table campaign_phase (
    campaign_id bigint not null references campaign (id),
    sort        integer not null,
    name        text not null,
    name_en     text not null default '',
    from_day    date not null,
    to_day      date not null,
    primary key (campaign_id, sort),
    check (to_day >= from_day)
);

-- Append-only: a day that was frozen keeps the plan of its time.
create table schedule_change (
    id              bigint generated always as identity primary key,
    campaign_id     bigint not null,
    grid_id         bigint not null references grid (id),
    item            text collate "C" not null,
    week            date not null,
    quantity_before numeric(14, 3) not null,
    quantity        numeric(14, 3) not null,
    recorded_at     timestamptz not null,
    foreign key (campaign_id, item) references campaign_item (campaign_id, code)
);

create index schedule_change_time on schedule_change (campaign_id, recorded_at);

insert into schedule_change (campaign_id, grid_id, item, week, quantity_before, quantity, recorded_at)
select s.campaign_id, s.grid_id, s.item, s.week, 0, s.quantity, c.created_at
from schedule_entry s join campaign c on c.id = s.campaign_id;

-- The public sees the role, not the name.
alter table work_log add column by_role text check (by_role in ('grid_leader', 'grid_worker', 'supervisor', 'volunteer'));
create index work_log_day on work_log (campaign_id, day);

alter table head_count drop constraint head_count_people_check;
alter table head_count add column corrects bigint references work_log (id);
alter table head_count add check (people >= 0 or corrects is not null);

grant select, insert on campaign_phase, schedule_change to ${service};
