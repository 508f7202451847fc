-- Points (积分): rules as data, an append-only ledger, and the shop where points are spent.

-- A change of a rule is a new version: what an older one scored stays explained. Where there are issues already the first rules hold from
-- now on, since nobody knew them before; in an empty database they hold from the beginning.
create table points_rule (
    code       text collate "C" not null check (code ~ '^[0-9A-Za-z._-]{1,40}$'),
    version    integer not null check (version > 0),
    occasion   text not null check (occasion in ('accepted', 'fixed', 'late', 'verified', 'false')),
    name       text not null,
    name_en    text not null default '',
    points     integer not null check (points between -1000 and 1000 and points <> 0),
    -- How often it counts for one holder and day; null: always.
    daily_most integer check (daily_most > 0),
    category   text collate "C" references category (code),
    active     boolean not null default true,
    from_at    timestamptz not null,
    by_name    text not null,
    primary key (code, version)
);

insert into points_rule (code, version, occasion, name, name_en, points, daily_most, from_at, by_name)
select code, 1, code, name, name_en, points, daily_most, case when exists (select from issue) then now() else timestamptz '2000-01-01' end, 'gridmap'
from (values
    ('accepted', '采纳上报', 'Report accepted', 5, 10),
    ('fixed', '按时整改', 'Fixed in time', 3, 20),
    ('late', '超期整改', 'Fixed late', -1, null),
    ('verified', '核查', 'Checked', 1, 20),
    ('false', '虚假上报', 'False report', -5, null)
) as first (code, name, name_en, points, daily_most);

create table points_reward (
    id      bigint generated always as identity primary key,
    name    text not null,
    name_en text not null default '',
    cost    integer not null check (cost between 1 and 1000000),
    -- How many there were in all; what is left is that without those in the ledger.
    stock   integer not null check (stock between 0 and 1000000),
    active  boolean not null default true,
    version integer not null default 1
);

-- The ledger. A correction is an entry that names the one it corrects.
create table points_entry (
    id            bigint generated always as identity primary key,
    at            timestamptz not null default now(),
    holder_person bigint references person (id),
    -- Of a reporter who is not known: the report's own, opened by its link.
    holder_issue  bigint references issue (id),
    grid_id       bigint references grid (id),
    issue_id      bigint references issue (id),
    event_id      bigint references issue_event (id),
    rule_code     text collate "C",
    rule_version  integer,
    reward_id     bigint references points_reward (id),
    points        integer not null,
    -- Nothing, since the rule had counted as often as it may on that day.
    limited       boolean not null default false,
    corrects      bigint references points_entry (id),
    note          text not null default '',
    by_name       text not null,
    foreign key (rule_code, rule_version) references points_rule (code, version),
    check ((holder_person is null) <> (holder_issue is null)),
    check ((rule_code is null) <> (reward_id is null)),
    check ((rule_code is null) = (rule_version is null)),
    check (event_id is not null or corrects is not null or (reward_id is not null and points < 0)),
    check (not limited or points = 0)
);

-- Nothing scores twice.
create unique index points_entry_once_person on points_entry (event_id, rule_code, holder_person) where event_id is not null and holder_person is not null;
create unique index points_entry_once_issue on points_entry (event_id, rule_code, holder_issue) where event_id is not null and holder_issue is not null;
create index points_entry_person on points_entry (holder_person, id) where holder_person is not null;
create index points_entry_report on points_entry (holder_issue, id) where holder_issue is not null;
create index points_entry_grid on points_entry (grid_id, id);
create index points_entry_issue on points_entry (issue_id, id);
create index points_entry_corrects on points_entry (corrects) where corrects is not null;
create index points_entry_reward on points_entry (reward_id) where reward_id is not null;

grant select, insert on points_rule, points_entry, points_reward to ${service};
grant update (name, name_en, cost, stock, active, version) on points_reward to ${service};

-- The points of a report stay in the figures; whose they were is not known any more, and neither is what was written at the counter.
create or replace function erase_reporter(wanted text) returns setof text language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_id bigint;
begin
    update issue set description = '', contact = '', reporter = '', satisfaction_note = '', track_hash = null, exposed_at = null, erased_at = coalesce(erased_at, now())
    where number = wanted returning id into found_id;
    if found_id is null then
        return;
    end if;
    update issue_event set note = '', by_name = 'reporter', person_id = null, account_id = null
    where issue_id = found_id and (transition = 'report' or (transition = 'reopen' and by_name = 'reporter'));
    update points_entry e set holder_person = null, holder_issue = found_id
    from points_rule r
    where e.issue_id = found_id and e.holder_person is not null and r.code = e.rule_code and r.version = e.rule_version and r.occasion in ('accepted', 'false');
    update points_entry set note = '' where holder_issue = found_id;
    return query delete from issue_photo where issue_id = found_id and kind = 'before' returning file;
end $$;
