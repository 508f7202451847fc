-- Who signs in, with what, and what everybody did.

create table account (
    id            bigint generated always as identity primary key,
    name          text not null,
    -- Roles are the person's duties; an account without person holds none.
    person_id     bigint unique references person (id),
    -- Null: comes in through the single sign-on only.
    password_hash text,
    must_change   boolean not null default false,
    disabled      boolean not null default false,
    -- Renewed with the password: sessions of the one before are over at once.
    stamp         uuid not null default gen_random_uuid(),
    created_at    timestamptz not null default now()
);

create unique index account_name on account (lower(name));

create table session (
    id           bigint generated always as identity primary key,
    token_hash   bytea not null unique,
    account_id   bigint not null references account (id),
    stamp        uuid not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    address      text not null,
    user_agent   text not null
);

create index session_account on session (account_id);

create table api_key (
    id           bigint generated always as identity primary key,
    key_hash     bytea not null unique,
    account_id   bigint not null references account (id),
    name         text not null,
    prefix       text not null,
    scopes       text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

create index api_key_account on api_key (account_id);

-- By name, whether an account has it or not: what is counted must not tell which names there are.
create table sign_in_attempt (
    name         text primary key,
    failures     integer not null,
    last_at      timestamptz not null,
    locked_until timestamptz,
    -- Whether the last attempt was let through to the password.
    allowed      boolean not null
);

-- Append-only. What has to be erasable on demand (a reporter's data, telephones) is never in it.
create table audit (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default clock_timestamp(),
    who          text not null,
    account_id   bigint references account (id),
    key_id       bigint references api_key (id),
    person_id    bigint references person (id),
    from_address text not null,
    action       text not null,
    subject_kind text not null,
    subject_id   text not null,
    grid_id      bigint,
    before       jsonb,
    after        jsonb,
    outcome      text not null default 'done' check (outcome in ('done', 'refused'))
);

create index audit_subject on audit (subject_kind, subject_id, id);
create index audit_account on audit (account_id, id);
create index audit_grid on audit (grid_id, id);

grant select, insert on account, session, api_key, sign_in_attempt, audit to ${service};
grant update (person_id, password_hash, must_change, disabled, stamp) on account to ${service};
grant update (last_seen_at, revoked_at) on session to ${service};
grant update (last_used_at, revoked_at) on api_key to ${service};
grant update, delete on sign_in_attempt to ${service};
grant delete on session to ${service};
