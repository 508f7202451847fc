-- What a campaign is called and how it is parted into phases can be changed; what its figures are made of cannot.

alter table campaign add column version integer not null default 1;

grant update (name, name_en, version) on campaign to ${service};
grant update (name, name_en) on campaign_item to ${service};
grant delete on campaign_phase to ${service};
