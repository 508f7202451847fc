-- Who was told that a zone has no log yet: at most once a day and zone, whoever asks for it and however many processes watch.

create table work_log_reminder (
    campaign_id bigint not null references campaign (id),
    grid_id     bigint not null references grid (id),
    sent_on     date not null,
    -- The day that has no log.
    day         date not null,
    sent_at     timestamptz not null default now(),
    by_name     text not null,
    primary key (campaign_id, grid_id, sent_on)
);

grant select, insert on work_log_reminder to ${service};
