-- What a plan's last validation without a blocking defect was about: a digest of the difference, of the base and of the rules (Plans/PlanDigest).
-- Whoever changes one of them changes the digest, and publishing validates anew.
alter table plan add column validated bytea check (length(validated) = 32);

-- As with versions (0031): one look at all rows of a statement in place of one for each.
alter table plan_grid drop constraint plan_grid_plan_id_fkey;
alter table plan_defect drop constraint plan_defect_plan_id_fkey;

create function check_plan_references() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    -- As the reference did, it waits for whoever holds the plan for publishing.
    perform from plan p where p.id in (select plan_id from added) for key share;
    if exists (select from (select distinct plan_id from added) a where not exists (select from plan p where p.id = a.plan_id)) then
        raise foreign_key_violation using message = format('rows of %s belong to a plan that is not there', tg_table_name);
    end if;
    return null;
end $$;

create trigger plan_grid_references after insert on plan_grid
    referencing new table as added for each statement execute function check_plan_references();
create trigger plan_defect_references after insert on plan_defect
    referencing new table as added for each statement execute function check_plan_references();
create trigger plan_for_life before delete or update of id on plan for each statement execute function refuse_removal();

-- A plan's defects are found by its number; a city's first plan has one for each grid, and the index took as long as the rows.
drop index plan_defect_geom;

-- Open versions, which are most, were held under null, and nobody asks for them so.
drop index grid_version_to;
create index grid_version_to on grid_version (to_generation) where to_generation is not null;
