-- Live migrations: how far each is. While one is not over, its namespace lets in nothing but what its gate says.
create table host_migration (
    id uuid primary key,
    host uuid not null references host,
    cluster text not null,
    namespace text not null,
    state text not null check (state in ('CLOSING', 'CLOSED', 'GRANTED', 'MOVING', 'RELEASING', 'ENDED')),
    cpu_millis bigint not null check (cpu_millis > 0),
    memory_bytes bigint not null check (memory_bytes > 0), -- of the second launcher
    ordered_by uuid not null references person,
    ordered_at timestamptz not null,
    since timestamptz not null, -- it is in its state
    gate text not null check (length(gate) <= 63),
    reason text not null check (length(reason) <= 500),
    foreign key (cluster, namespace) references lease,
    check ((state = 'ENDED') = (gate = ''))
);
create index host_migration_of_host on host_migration (host);
-- Two at once would find each other's room.
create unique index one_migration_a_namespace on host_migration (cluster, namespace) where state <> 'ENDED';
