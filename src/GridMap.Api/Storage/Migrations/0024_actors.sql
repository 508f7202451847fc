-- Who did it, as an identity beside the name that was written down.

alter table issue add column rectified_person bigint references person (id);
alter table issue add column rectified_account bigint references account (id);
alter table issue add column erased_at timestamptz;
alter table issue_event add column person_id bigint references person (id);
alter table issue_event add column account_id bigint references account (id);
alter table work_log add column person_id bigint references person (id);
alter table work_log add column account_id bigint references account (id);
alter table frozen_day add column by_name text not null default '';
alter table schedule_change add column by_name text not null default '';
alter table plan add column created_account bigint references account (id);
alter table import_job add column created_account bigint references account (id);
create index issue_grid_id on issue (grid_id, id);

grant update (rectified_person, rectified_account) on issue to ${service};

-- A reporter can have what they left about themselves erased; the figures stay. The service itself may change none of these
-- columns: it can only call this.
create function erase_reporter(wanted text) returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_id bigint;
begin
    update issue set description = '', contact = '', reporter = '', erased_at = coalesce(erased_at, now())
    where number = wanted returning id into found_id;
    if found_id is null then
        return;
    end if;
    update issue_event set note = '', by_name = 'reporter', person_id = null, account_id = null where issue_id = found_id and transition = 'report';
    return query delete from issue_photo where issue_id = found_id and kind = 'before' returning file;
end $$;

revoke execute on function erase_reporter(text) from public;
grant execute on function erase_reporter(text) to ${service};
