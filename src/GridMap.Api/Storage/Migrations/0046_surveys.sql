-- Surveys (我为家乡来打分): questionnaires as data, household links, answers, and what of their words became an issue.

create table survey (
    id             bigint generated always as identity primary key,
    -- What stands in the address and in the QR code. It holds a letter, so that it is never taken for an id.
    code           text collate "C" not null unique check (code ~ '^[a-z0-9][a-z0-9-]{2,39}$' and code ~ '[a-z]'),
    title          text not null,
    title_en       text not null default '',
    intro          text not null default '',
    intro_en       text not null default '',
    -- open: whoever has the address; household: one answer for each link.
    mode           text not null check (mode in ('open', 'household')),
    -- Where it is asked; null: in the whole territory.
    grid_id        bigint references grid (id),
    -- The level that its results are looked at first.
    level          smallint not null check (level between 1 and 6),
    opens_at       timestamptz,
    closes_at      timestamptz,
    results_public boolean not null default false,
    -- Figures of fewer answers are told to nobody.
    min_sample     smallint not null default 3 check (min_sample between 3 and 1000),
    state          text not null default 'draft' check (state in ('draft', 'open', 'closed')),
    version        integer not null default 1,
    created_at     timestamptz not null default now(),
    created_by     text not null,
    updated_at     timestamptz not null default now(),
    updated_by     text not null,
    check (closes_at > opens_at)
);

create table survey_item (
    survey_id bigint not null references survey (id),
    ordinal   smallint not null check (ordinal between 1 and 30),
    kind      text not null check (kind in ('score', 'choice', 'text')),
    subject   text check (subject in ('self', 'neighbour', 'village')),
    scale     smallint check (scale in (5, 10)),
    multiple  boolean not null default false,
    -- [{words, wordsEn}], in their order.
    options   jsonb,
    required  boolean not null default false,
    words     text not null,
    words_en  text not null default '',
    primary key (survey_id, ordinal),
    check ((kind = 'score') = (scale is not null) and (kind = 'score') = (subject is not null) and (kind = 'choice') = (options is not null)),
    check (kind = 'choice' or not multiple)
);

create table survey_link (
    id         bigint generated always as identity primary key,
    survey_id  bigint not null references survey (id),
    -- SHA-256 of the word in the household's link; the word itself is nowhere.
    word_hash  bytea not null unique,
    grid_id    bigint not null references grid (id),
    label      text not null default '',
    created_at timestamptz not null default now(),
    created_by text not null,
    revoked_at timestamptz,
    revoked_by text,
    unique (survey_id, id)
);

-- Append-only, all three.
create table survey_answer (
    id                  bigint generated always as identity primary key,
    survey_id           bigint not null references survey (id),
    at                  timestamptz not null default now(),
    -- By the link, by a spatial query, or by the grid of the QR code; null: in none, or not told.
    grid_id             bigint references grid (id),
    placed_by           text not null check (placed_by in ('link', 'point', 'qr', 'nothing')),
    assigned_generation integer references generation (number),
    -- A household answers once, whatever happens at the same time.
    link_id             bigint unique,
    foreign key (survey_id, link_id) references survey_link (survey_id, id),
    unique (id, survey_id)
);

create index survey_answer_survey on survey_answer (survey_id, at);

create table survey_answer_item (
    id        bigint generated always as identity primary key,
    answer_id bigint not null,
    survey_id bigint not null,
    ordinal   smallint not null,
    value     smallint check (value between 1 and 10),
    choices   smallint[] check (cardinality(choices) > 0),
    words     text check (words <> ''),
    unique (answer_id, ordinal),
    foreign key (answer_id, survey_id) references survey_answer (id, survey_id),
    foreign key (survey_id, ordinal) references survey_item (survey_id, ordinal),
    check (num_nonnulls(value, choices, words) <= 1)
);

create index survey_answer_item_words on survey_answer_item (survey_id, id) where words is not null;

-- Words that became an issue, once.
create table survey_suggestion (
    answer_item_id bigint primary key references survey_answer_item (id),
    issue_id       bigint not null unique references issue (id),
    at             timestamptz not null default now(),
    by_name        text not null
);

-- What was asked does not change once somebody has answered it. The survey's row orders the two: an answer shares it, a change takes it.
create function keep_answered_items() returns trigger language plpgsql as $$
begin
    if exists (select from survey_answer a where a.survey_id = coalesce(old.survey_id, new.survey_id)) then
        raise exception 'survey % is answered: its questions stay', coalesce(old.survey_id, new.survey_id) using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;

create trigger survey_item_answered before insert or update or delete on survey_item for each row execute function keep_answered_items();

-- Words may name somebody, who can have them erased; that there was an answer stays.
create function erase_survey_words(wanted bigint) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update survey_answer_item set words = null where id = wanted and words is not null;
    return found;
end $$;

revoke execute on function erase_survey_words(bigint) from public;
grant execute on function erase_survey_words(bigint) to ${service};
grant select, insert on survey, survey_item, survey_link, survey_answer, survey_answer_item, survey_suggestion to ${service};
grant update (title, title_en, intro, intro_en, mode, grid_id, level, opens_at, closes_at, results_public, min_sample, state, version, updated_at, updated_by) on survey to ${service};
grant delete on survey_item to ${service};
grant update (revoked_at, revoked_by) on survey_link to ${service};
