-- Categories as the office's own data: what is measured, what is retired, limits by condition; how grave an issue is, and how much of it there was.

alter table category
    add column version  integer not null default 1,
    -- Retired ones name old issues and take no new ones.
    add column active   boolean not null default true,
    -- False: an issue is one of the unit. True: how much it is, is told by who mends it.
    add column measured boolean not null default false;

update category set measured = true where unit in ('公里', '米', '平方米', '立方米', '吨', '千克', '亩');

-- The first whose conditions all hold is the limit; none: the category's own.
create table category_limit (
    category    text collate "C" not null references category (code),
    ordinal     integer not null,
    -- A class of place, as the grid or one around it says in its field placeClass, or a grid's kind; empty: any.
    place       text not null default '',
    severity    text check (severity in ('minor', 'normal', 'severe')),
    from_time   time,
    to_time     time check (to_time <> from_time),
    limit_value numeric(9, 2) not null check (limit_value > 0),
    limit_unit  text not null check (limit_unit in ('hours', 'workhours', 'workdays')),
    primary key (category, ordinal),
    check ((from_time is null) = (to_time is null)),
    check (place <> '' or severity is not null or from_time is not null)
);

alter table issue
    add column severity text not null default 'normal' check (severity in ('minor', 'normal', 'severe')),
    -- In the category's unit; null: nobody has said.
    add column quantity numeric(14, 3) check (quantity > 0);

alter table issue_due drop constraint issue_due_why_check;
alter table issue_due add constraint issue_due_why_check check (why in ('report', 'category', 'severity', 'calendar', 'resume', 'reopen'));

create index issue_category on issue (category, reported_at);

grant select, insert, delete on category_limit to ${service};
grant update (severity, quantity) on issue to ${service};
