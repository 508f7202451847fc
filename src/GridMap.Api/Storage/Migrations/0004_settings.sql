-- What the program itself remembers about an installation, such as that it shows the demonstration.

create table setting (
    name  text primary key,
    value jsonb not null
);

grant select, insert, update on setting to ${service};
