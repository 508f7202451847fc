-- Posts (责任岗): what a grid looks for volunteers for, and who came forward.

create table post (
    id         bigint generated always as identity primary key,
    grid_id    bigint not null references grid (id),
    title      text not null,
    text       text not null default '',
    places     integer not null check (places between 1 and 1000),
    -- When the post, and the term of who holds it, ends; null: open.
    until      timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    closed_at  timestamptz
);

create index post_grid on post (grid_id, id);

create table post_claim (
    id         bigint generated always as identity primary key,
    post_id    bigint not null references post (id),
    person_id  bigint not null references person (id),
    state      text not null default 'open' check (state in ('open', 'accepted', 'declined', 'withdrawn')),
    note       text not null default '',
    claimed_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    duty_id    bigint references duty (id),
    check ((duty_id is not null) = (state = 'accepted'))
);

create unique index post_claim_once on post_claim (post_id, person_id) where state in ('open', 'accepted');
create index post_claim_person on post_claim (person_id);

grant select, insert on post, post_claim to ${service};
grant update (title, text, places, until, closed_at) on post to ${service};
grant update (state, decided_at, decided_by, duty_id) on post_claim to ${service};
