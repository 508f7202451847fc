-- Who wrote a person down sees them, and may mend a slip, until they hold a term somewhere.

alter table person add column created_account bigint references account (id);
