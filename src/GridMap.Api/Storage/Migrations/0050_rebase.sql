-- A campaign is moved onto the boundaries of a later generation by an explicit act. What had been entered for a zone that is gone
-- moves to its heir by entries; nothing that was entered is changed.

create table campaign_rebase (
    id              bigint generated always as identity primary key,
    campaign_id     bigint not null references campaign (id),
    from_generation integer not null references generation (number),
    to_generation   integer not null references generation (number),
    at              timestamptz not null,
    by_name         text not null,
    check (to_generation > from_generation)
);

create table campaign_former (
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    heir_id     bigint not null references grid (id),
    rebase_id   bigint not null references campaign_rebase (id),
    primary key (campaign_id, grid_id)
);

grant select, insert on campaign_rebase to ${service};
grant select, insert, update on campaign_former to ${service};
grant update (generation) on campaign to ${service};
grant delete on campaign_zone to ${service};
