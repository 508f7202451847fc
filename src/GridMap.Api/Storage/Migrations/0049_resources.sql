-- What a campaign is given by zone: cleaners, volunteers, vehicles, money; planned, and used entry by entry.

create table campaign_resource (
    campaign_id bigint not null references campaign (id),
    code        text collate "C" not null check (code ~ '^[0-9A-Za-z._-]{1,40}$'),
    name        text not null,
    name_en     text not null default '',
    unit        text not null,
    sort        integer not null,
    primary key (campaign_id, code)
);

create table resource_plan (
    campaign_id bigint not null,
    grid_id     bigint not null references grid (id),
    resource    text collate "C" not null,
    quantity    numeric(14, 3) not null check (quantity >= 0),
    version     integer not null default 1,
    primary key (campaign_id, grid_id, resource),
    foreign key (campaign_id, resource) references campaign_resource (campaign_id, code)
);

-- Append-only. A correction is an entry of its own, which may be negative.
create table resource_use (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null,
    grid_id     bigint not null references grid (id),
    resource    text collate "C" not null,
    day         date not null,
    quantity    numeric(14, 3) not null,
    recorded_at timestamptz not null,
    by_name     text not null,
    note        text not null default '',
    corrects    bigint references resource_use (id),
    person_id   bigint references person (id),
    account_id  bigint references account (id),
    foreign key (campaign_id, resource) references campaign_resource (campaign_id, code),
    check (quantity >= 0 or corrects is not null)
);

create index resource_use_grid on resource_use (campaign_id, grid_id, resource);
create index resource_use_corrects on resource_use (corrects) where corrects is not null;

insert into campaign_resource (campaign_id, code, name, name_en, unit, sort)
select c.id, r.code, r.name, r.name_en, r.unit, r.sort
from campaign c cross join (values
    ('cleaners', '保洁员', 'Cleaners', '人', 0), ('volunteers', '志愿者', 'Volunteers', '人次', 1),
    ('vehicles', '车辆', 'Vehicles', '台班', 2), ('money', '经费', 'Money', '元', 3)) as r (code, name, name_en, unit, sort);

grant select, insert, update, delete on campaign_resource to ${service};
grant select, insert, update on resource_plan to ${service};
grant select, insert on resource_use to ${service};
