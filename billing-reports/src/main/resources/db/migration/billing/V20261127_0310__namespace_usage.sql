-- What namespaces were granted for their containers, and what of that was used.

-- What was approved for a namespace less what was approved for its hosts. Half-open intervals; the open one is what it is today.
-- None: nothing was granted then.
create table namespace_allotment (
    cluster text not null check (length(cluster) between 1 and 63),
    namespace text not null check (length(namespace) between 1 and 63),
    system uuid not null,
    cpu_millis bigint not null check (cpu_millis >= 0),
    memory_bytes bigint not null check (memory_bytes >= 0),
    storage_bytes bigint not null check (storage_bytes >= 0),
    during tstzrange not null
        check (not isempty(during) and not lower_inf(during) and lower_inc(during) and not upper_inc(during)),
    check (greatest(cpu_millis, memory_bytes, storage_bytes) > 0),
    exclude using gist (cluster with =, namespace with =, during with &&)
);
create unique index namespace_allotment_today on namespace_allotment (cluster, namespace) where upper_inf(during);
create index namespace_allotment_of_system on namespace_allotment (system);

-- One row a namespace and hour, made of five-minute samples as a row of usage_hour is, with what was granted in that hour. Sums are of
-- the samples that count; memory or storage is null where it was not measured: missing is never zero.
create table namespace_hour (
    cluster text not null,
    namespace text not null,
    hour timestamptz not null,
    granted_cpu_millis bigint not null check (granted_cpu_millis >= 0),
    granted_memory_bytes bigint not null check (granted_memory_bytes >= 0),
    granted_storage_bytes bigint not null check (granted_storage_bytes >= 0),
    samples smallint not null check (samples between 0 and 12),
    quarantined smallint not null,
    cpu_sum bigint not null,
    cpu_min bigint not null check (cpu_min >= 0),
    cpu_max bigint not null,
    memory_sum bigint,
    memory_min bigint check (memory_min >= 0),
    memory_max bigint,
    storage_sum bigint,
    storage_min bigint check (storage_min >= 0),
    storage_max bigint,
    claims_bytes bigint check (claims_bytes >= 0),
    primary key (cluster, namespace, hour),
    check (quarantined between 0 and 12 - samples),
    check (cpu_min <= cpu_max and cpu_max <= cpu_sum),
    check (num_nulls(memory_sum, memory_min, memory_max) in (0, 3) and memory_min <= memory_max and memory_max <= memory_sum),
    check (num_nulls(storage_sum, storage_min, storage_max) in (0, 3) and storage_min <= storage_max
        and storage_max <= storage_sum),
    check (claims_bytes is null or storage_sum is not null)
) partition by range (hour);
