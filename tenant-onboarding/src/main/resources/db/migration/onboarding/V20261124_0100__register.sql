-- What the bureau registers: regions, pools, units, people, systems.

create table region (
    code text primary key check (code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'), -- GB/T 2260, towns with 9 or 12 digits
    name text not null check (length(name) between 1 and 200),
    parent text references region
);

create table pool (
    id text primary key check (id = zone || '-' || processor),
    zone text not null check (zone ~ '^[a-z][a-z0-9]{0,15}$'),
    processor text not null check (processor in ('domestic', 'ordinary'))
);

create table unit (
    id uuid primary key,
    uscc text not null unique check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'), -- GB 32100
    name text not null unique check (length(name) between 1 and 200),
    region text not null references region,
    funding text not null default '',
    created_at timestamptz not null
);

create table unit_contact (
    unit uuid not null references unit,
    name text not null check (length(name) between 1 and 100),
    phone text not null check (length(phone) between 1 and 40),
    email text not null check (length(email) between 3 and 254),
    primary key (unit, name)
);

create table person (
    id uuid primary key,
    login text not null unique check (login ~ '^[a-z][a-z0-9._-]{2,62}$'),
    name text not null check (length(name) between 1 and 100),
    unit uuid references unit -- none: platform or bureau
);

create table system (
    id uuid primary key,
    code text not null unique check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    name text not null check (length(name) between 1 and 200),
    zone text not null check (zone ~ '^[a-z][a-z0-9]{0,15}$'),
    xinchuang_required boolean not null,
    mlps_level smallint not null check (mlps_level between 1 and 5),
    mlps_filing text not null,
    builder text not null,
    created_at timestamptz not null
);

-- Who owned a system when: half-open intervals that never overlap; the open one is the owner of today.
create extension if not exists btree_gist;
create table system_owner (
    system uuid not null references system,
    unit uuid not null references unit,
    during tstzrange not null check (not isempty(during) and lower_inc(during) and not upper_inc(during)),
    exclude using gist (system with =, during with &&)
);
create unique index system_owner_today on system_owner (system) where upper_inf(during);

create table register_import (
    id uuid primary key,
    digest text not null,
    file_name text not null,
    imported_by uuid not null references person,
    imported_at timestamptz not null,
    counts jsonb not null
);
