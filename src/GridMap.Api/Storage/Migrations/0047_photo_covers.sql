-- What of an issue the public sees: one photo of before and one of after, each as a copy with what the office covered burnt in. The boxes stay, so that
-- it can be changed; the copies go when it is taken back. Without its photo the choice is void.

create table issue_exposure (
    issue_id     bigint primary key references issue (id),
    version      integer not null default 1,
    before_photo bigint not null references issue_photo (id) on delete cascade,
    before_boxes jsonb not null default '[]',
    -- The file of the copy; null while it is not shown.
    before_shown text,
    after_photo  bigint not null references issue_photo (id) on delete cascade,
    after_boxes  jsonb not null default '[]',
    after_shown  text,
    chosen_at    timestamptz not null default now(),
    chosen_by    text not null,
    check ((before_shown is null) = (after_shown is null))
);

create index issue_exposure_before_shown on issue_exposure (before_shown);
create index issue_exposure_after_shown on issue_exposure (after_shown);

-- What was shown until now stays shown as it was: the first of each side.
insert into issue_exposure (issue_id, before_photo, before_shown, after_photo, after_shown, chosen_at, chosen_by)
select i.id, b.id, b.file, a.id, a.file, i.exposed_at, 'gridmap'
from issue i
join lateral (select id, file from issue_photo where issue_id = i.id and kind = 'before' order by id limit 1) b on true
join lateral (select id, file from issue_photo where issue_id = i.id and kind = 'after' order by id limit 1) a on true
where i.exposed_at is not null;

grant select, insert on issue_exposure to ${service};
grant update (version, before_photo, before_boxes, before_shown, after_photo, after_boxes, after_shown, chosen_at, chosen_by) on issue_exposure to ${service};
