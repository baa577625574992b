-- Every cluster that was ever connected. Which pools it serves is configuration, not data.

create table cluster (
    name text primary key check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    simulated boolean not null,
    created_at timestamptz not null
);
