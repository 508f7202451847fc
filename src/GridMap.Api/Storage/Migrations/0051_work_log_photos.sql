-- Photos of a work log: of what was sent together, by its first entry. Like the log itself they are added and never changed.

create table work_log_photo (
    id       bigint generated always as identity primary key,
    entry_id bigint not null references work_log (id),
    file     text not null,
    bytes    integer not null
);

create index work_log_photo_entry on work_log_photo (entry_id);
-- The sweep asks whether anybody names a file.
create index work_log_photo_file on work_log_photo (file);

grant select, insert on work_log_photo to ${service};
