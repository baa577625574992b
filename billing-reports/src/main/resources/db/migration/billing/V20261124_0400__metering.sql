-- What was allocated to whom, and what of it was used.
-- Times are instants; months are those of Asia/Shanghai and are made by the application.

create extension if not exists btree_gist;

create table party (
    unit uuid primary key,
    code text not null unique check (length(code) between 1 and 64),
    name text not null check (length(name) between 1 and 200),
    region text not null check (length(region) between 1 and 64)
);

create table metered_system (
    id uuid primary key,
    code text not null check (length(code) between 1 and 64),
    name text not null check (length(name) between 1 and 200)
);

-- Half-open intervals; the open one is what the host is today. A host has one capacity and one owner at a time.
create table allocation (
    host uuid not null,
    host_name text not null check (length(host_name) between 1 and 253),
    unit uuid not null references party,
    system uuid not null references metered_system,
    pool text not null check (pool ~ '^[a-z][a-z0-9]{0,15}-(domestic|ordinary)$'),
    vcpu integer not null check (vcpu between 1 and 4096),
    memory_bytes bigint not null check (memory_bytes between 1 and 1125899906842624), -- 1 PiB
    disk_bytes bigint not null check (disk_bytes between 0 and 1125899906842624),
    during tstzrange not null
        check (not isempty(during) and not lower_inf(during) and lower_inc(during) and not upper_inc(during)),
    exclude using gist (host with =, during with &&)
);
create unique index allocation_today on allocation (host) where upper_inf(during);
create index allocation_unit on allocation (unit);

create table host_confirmed (
    host uuid primary key,
    at timestamptz not null
);

-- One row a host and hour, made of five-minute samples. A sample over 105 % of the capacity is set apart: counted, not used.
-- Sums are over the samples that count; memory or disk is null where it was not measured: missing is never zero.
create table usage_hour (
    host uuid not null,
    hour timestamptz not null,
    cpu_time_ms bigint not null check (cpu_time_ms >= 0),
    memory_byte_seconds bigint check (memory_byte_seconds >= 0),
    disk_byte_seconds bigint check (disk_byte_seconds >= 0),
    cpu_peak_millis integer not null check (cpu_peak_millis >= 0),
    samples smallint not null check (samples between 0 and 12),
    quarantined smallint not null,
    primary key (host, hour),
    check (quarantined between 0 and 12 - samples)
) partition by range (hour);
