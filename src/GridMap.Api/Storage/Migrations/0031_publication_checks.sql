-- A generation of a city is a hundred thousand references; looked up one by one they took longer than the rows themselves.
-- The same is held by one look at all rows of a statement.

alter table grid_code drop constraint grid_code_grid_id_fkey;
alter table grid_version
    drop constraint grid_version_grid_id_fkey,
    drop constraint grid_version_parent_id_fkey,
    drop constraint grid_version_code_fkey,
    drop constraint grid_version_from_generation_fkey;

-- The plans of these functions are kept with the connection, and may be made while the tables are empty: whatever the tables hold, each new row
-- is looked up in the keys.
create function check_code_references() returns trigger language plpgsql security definer set search_path = public, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if exists (select from added a where not exists (select from grid g where g.id = a.grid_id)) then
        raise foreign_key_violation using message = 'a code belongs to a grid that is not there';
    end if;
    return null;
end $$;

create function check_version_references() returns trigger language plpgsql security definer set search_path = public, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if exists (select from added a where not exists (select from grid g where g.id = a.grid_id)) then
        raise foreign_key_violation using message = 'a version belongs to a grid that is not there';
    elsif exists (select from added a where a.parent_id is not null and not exists (select from grid g where g.id = a.parent_id)) then
        raise foreign_key_violation using message = 'a version lies in a grid that is not there';
    elsif exists (select from added a where not exists (select from grid_code c where c.code = a.code)) then
        raise foreign_key_violation using message = 'a version has a code that is not there';
    elsif exists (select from (select distinct from_generation from added) a where not exists (select from generation g where g.number = a.from_generation)) then
        raise foreign_key_violation using message = 'a version begins with a generation that is not there';
    end if;
    return null;
end $$;

create trigger code_references after insert on grid_code
    referencing new table as added for each statement execute function check_code_references();
create trigger version_references after insert on grid_version
    referencing new table as added for each statement execute function check_version_references();

-- What is referred to stays: a grid, a code and a generation are for life.
create function refuse_removal() returns trigger language plpgsql as $$
begin
    raise foreign_key_violation using message = format('rows of %s are for life: versions refer to them', tg_table_name);
end $$;

create trigger grid_for_life before delete or update of id on grid for each statement execute function refuse_removal();
create trigger code_for_life before delete or update of code, grid_id on grid_code for each statement execute function refuse_removal();
create trigger generation_for_life before delete or update of number on generation for each statement execute function refuse_removal();

-- A publication inserts its generation first, so that versions can refer to it, and tells of it last: from then on nobody else
-- can change people or duties before it commits.
drop trigger generation_changed on generation;
create constraint trigger generation_changed after insert on generation deferrable initially deferred
    for each row execute function bump_snapshot_revision();
