-- What Core's PublicPoint.Round says, where rows have to be chosen by it: public boxes must not narrow down an exact point.
-- A test holds the two to each other.
create function public_point(point geometry) returns geometry language sql immutable strict parallel safe as $$
    select st_setsrid(st_makepoint(
        round((round(st_x(point) / step_lon) * step_lon)::numeric, 6)::float8, round(lat::numeric, 6)::float8), st_srid(point))
    from (
        select lat, step / cos(radians(lat)) as step_lon
        from (select round(st_y(point) / step) * step as lat, step from (select 50 / 111320::float8 as step) s) l
    ) r
$$;
