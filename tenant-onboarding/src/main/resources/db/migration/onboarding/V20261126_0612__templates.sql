-- Forms of applications that are filled in again and again. Those without a unit are for everybody; only
-- the platform and the bureau write them.
create table application_template (
    id uuid primary key,
    version int not null check (version > 0),
    unit uuid references unit,
    name text not null check (length(name) between 1 and 100),
    content jsonb not null check (octet_length(content::text) <= 262144),
    saved_by uuid not null references person,
    saved_at timestamptz not null,
    unique nulls not distinct (unit, name)
);
