-- A year is announced as a whole: its days take the place of those that were there.

create function set_calendar_year(wanted integer, days date[], worked boolean[], names text[], announced text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from calendar_day where extract(year from day) = wanted;
    insert into calendar_day (day, is_workday, name, source)
    select d, w, n, announced from unnest(days, worked, names) as t (d, w, n) where extract(year from d) = wanted;
end $$;

revoke execute on function set_calendar_year(integer, date[], boolean[], text[], text) from public;
grant execute on function set_calendar_year(integer, date[], boolean[], text[], text) to ${service};
