-- Another cluster in the place of the one that was registered, the end of a registration, and how each
-- server has met each cluster.

alter table cluster
    add column stranger_uid text check (length(stranger_uid) between 1 and 64), -- who answers in its place
    add column stranger_since timestamptz,
    add constraint a_stranger_since check ((stranger_uid is null) = (stranger_since is null)),
    drop constraint known_state,
    add constraint known_state
        check (state in ('ACTIVE', 'FENCED', 'WRITTEN_OFF', 'READMITTING', 'DEREGISTERED'));

alter table cluster_command drop constraint known_command;
alter table cluster_command add constraint known_command
    check (command in ('FENCE', 'WRITE_OFF', 'READMIT', 'CORDON', 'UNCORDON', 'DRAIN', 'ACCEPT_IDENTITY',
                       'RELEASE', 'DEREGISTER'));

-- The latest of each server; how it was before stands in no table.
create table cluster_observation (
    cluster text not null references cluster,
    server text not null check (length(server) between 1 and 100),
    status text not null check (status in ('HEALTHY', 'DEGRADED', 'UNAVAILABLE', 'UNKNOWN')),
    kinds text[] not null, -- what is wrong, the worst first; the three have one element each
    since timestamptz[] not null,
    details text[] not null,
    observed_at timestamptz not null,
    primary key (cluster, server),
    constraint symptoms check (cardinality(kinds) = cardinality(since) and cardinality(kinds) = cardinality(details))
);
