-- What the bureau registers: regions, pools, units, people, systems, and the quota of each unit.
-- Names sort as Chinese readers expect, by pinyin.

create table region (
    code text primary key check (code ~ '^[1-9][0-9]{5}([0-9]{3}|[0-9]{6})?$'), -- GB/T 2260, towns with 9 or 12 digits
    name text collate "zh-x-icu" not null check (length(name) between 1 and 200),
    parent text references region check (parent <> code)
);

create table pool (
    id text primary key check (id = zone || '-' || processor),
    zone text not null check (zone ~ '^[a-z][a-z0-9]{0,15}$'),
    processor text not null check (processor in ('domestic', 'ordinary'))
);

-- What a pool was registered with, in base units; what is in force is the ledger's.
create table pool_capacity (
    pool text not null references pool,
    resource text not null,
    amount bigint not null check (amount > 0),
    primary key (pool, resource)
);

create table unit (
    id uuid primary key,
    version integer not null default 1,
    uscc text not null unique check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'), -- GB 32100
    name text collate "zh-x-icu" not null unique check (length(name) between 1 and 200),
    region text not null references region,
    funding text not null check (length(funding) <= 200),
    created_at timestamptz not null
);
create index unit_region on unit (region);

create table person (
    id uuid primary key,
    login text not null unique check (login ~ '^[a-z][a-z0-9._-]{2,62}$'),
    name text not null check (length(name) between 1 and 100),
    unit uuid references unit -- none: platform or bureau
);

create table unit_contact (
    unit uuid not null references unit,
    name text not null check (length(name) between 1 and 100),
    phone text not null check (length(phone) between 1 and 40),
    email text not null check (length(email) between 3 and 254),
    login text unique references person (login),
    role text, -- as registered; the roles in force are security's
    primary key (unit, name),
    check ((login is null) = (role is null))
);

create table system (
    id uuid primary key,
    version integer not null default 1,
    code text not null unique check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    name text collate "zh-x-icu" not null check (length(name) between 1 and 200),
    zone text not null check (zone ~ '^[a-z][a-z0-9]{0,15}$'),
    xinchuang_required boolean not null,
    mlps_level smallint not null check (mlps_level between 1 and 5),
    mlps_filing text not null check (length(mlps_filing) <= 200),
    builder text not null check (length(builder) <= 200),
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
create index system_owner_unit on system_owner (unit) where upper_inf(during);

-- What a unit was promised in a pool, in base units; what is in force is the ledger's.
create table unit_quota (
    unit uuid not null references unit,
    pool text not null references pool,
    resource text not null,
    amount bigint not null check (amount > 0),
    primary key (unit, pool, resource)
);

create table register_import (
    id uuid primary key,
    digest text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 of the file
    file_name text not null check (length(file_name) between 1 and 200),
    imported_by uuid not null references person,
    imported_at timestamptz not null,
    -- how many of each were added; what was there already is not counted
    regions integer not null check (regions >= 0),
    pools integer not null check (pools >= 0),
    units integer not null check (units >= 0),
    contacts integer not null check (contacts >= 0),
    systems integer not null check (systems >= 0),
    quotas integer not null check (quotas >= 0)
);
create index register_import_latest on register_import (imported_at desc, id desc);
