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

-- The one way in which a campaign's zones change: forward, to a generation that is published, and written down before.
create function move_campaign(wanted bigint, zones bigint[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    target integer;
begin
    select r.to_generation into target
    from campaign c join campaign_rebase r on r.campaign_id = c.id and r.from_generation = c.generation
    where c.id = wanted order by r.id desc limit 1;
    if target is null then
        raise exception 'campaign % has no re-base that begins at its generation', wanted using errcode = 'check_violation';
    end if;
    delete from campaign_zone where campaign_id = wanted and grid_id <> all (zones);
    insert into campaign_zone (campaign_id, grid_id) select wanted, unnest(zones) on conflict do nothing;
    update campaign set generation = target where id = wanted;
end
$$;

revoke execute on function move_campaign(bigint, bigint[]) from public;
grant execute on function move_campaign(bigint, bigint[]) to ${service};
