-- What an import needs of plans: identities before they are published, and defects on a level, with or without a measure.

grant usage on sequence grid_id_seq to ${service};

alter table plan_defect alter column measure drop not null;
alter table plan_defect alter column unit drop not null;
alter table plan_defect add column level smallint;
create index plan_defect_geom on plan_defect using gist (geom);
