-- What a percentile is taken of: the five-minute samples themselves, in hundredths of a percent of the hour's
-- capacity, in their order; null where a sample is missing or was set apart. Hours from before have none.
alter table usage_hour
    add column cpu_samples smallint[] not null default array[]::smallint[],
    add column memory_samples smallint[] not null default array[]::smallint[],
    add constraint twelve_samples check (
        cardinality(cpu_samples) in (0, 12) and cardinality(memory_samples) in (0, 12));
alter table usage_hour
    alter column cpu_samples drop default,
    alter column memory_samples drop default;

-- When hosts stood still. Half-open intervals; the open one lasts.
create table host_stop (
    host uuid not null,
    during tstzrange not null
        check (not isempty(during) and not lower_inf(during) and lower_inc(during) and not upper_inc(during)),
    exclude using gist (host with =, during with &&)
);

-- From which evidence what is said of a host: data, with the document that it rests on.
create table verdict_policy (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    effective_from date not null unique,
    basis text not null check (length(basis) between 1 and 500),
    approved_by text not null check (length(approved_by) between 1 and 100),
    days smallint not null check (days between 1 and 366),
    valid_samples smallint not null check (valid_samples between 1 and 12),
    coverage numeric(5, 2) not null check (coverage between 0 and 100),
    idle_cpu numeric(5, 2) not null, idle_cpu_p95 numeric(5, 2) not null,
    idle_cpu_peak numeric(5, 2) not null, idle_memory numeric(5, 2) not null,
    shrink_cpu numeric(5, 2) not null, shrink_cpu_p95 numeric(5, 2) not null, shrink_cpu_peak numeric(5, 2) not null,
    shrink_memory_p95 numeric(5, 2) not null,
    grow_cpu_p95 numeric(5, 2) not null, grow_memory_p95 numeric(5, 2) not null, grow_disk numeric(5, 2) not null
);

insert into verdict_policy values (
    'default-1', '2000-01-01', '缺省政策：平台缺省，各地须以自己的文件取代', '平台缺省',
    30, 9, 80,
    5, 10, 30, 20,
    10, 20, 50,
    40,
    80, 85, 90
);

-- What was said of a host on a day, of the days up to that one, and on what evidence. Percentages of the capacity that
-- the host had in each hour; null: not measured. A day is judged as a whole, and judged anew as a whole.
create table host_verdict (
    day date not null,
    host uuid not null,
    host_name text not null,
    unit uuid not null references party,
    system uuid not null references metered_system,
    pool text not null,
    vcpu integer not null,
    memory_bytes bigint not null,
    policy text not null references verdict_policy,
    verdicts text[] not null check (
        cardinality(verdicts) >= 1
        and verdicts <@ array['INSUFFICIENT_DATA', 'IDLE_STOPPED', 'IDLE', 'SHRINK_CPU', 'SHRINK_MEMORY', 'GROW', 'FIT']),
    hours integer not null check (hours >= 0),
    valid_hours integer not null check (valid_hours between 0 and hours),
    coverage numeric(5, 2) not null check (coverage between 0 and 100),
    cpu_mean numeric(9, 4), cpu_p95 numeric(7, 2), cpu_peak numeric(7, 2),
    memory_mean numeric(9, 4), memory_p95 numeric(7, 2), memory_peak numeric(7, 2),
    disk_mean numeric(9, 4),
    stopped boolean not null,
    primary key (day, host)
);
create index host_verdict_of_host on host_verdict (host, day desc);
create index host_verdict_of_unit on host_verdict (unit, day desc);
