-- A cluster that is lost: fenced off, written off, and perhaps taken in again.

alter table cluster
    add column state text not null default 'ACTIVE'
        constraint known_state check (state in ('ACTIVE', 'FENCED', 'WRITTEN_OFF', 'READMITTING')),
    add column state_since timestamptz;
update cluster set state_since = created_at;
alter table cluster
    alter column state drop default,
    alter column state_since set not null;

-- What people decided about a cluster. Whoever writes one off is another than who fenced it.
create table cluster_command (
    id uuid primary key, -- the caller's
    cluster text not null references cluster,
    command text not null check (command in ('FENCE', 'WRITE_OFF', 'READMIT')),
    reason text not null check (length(reason) between 1 and 1000),
    person uuid not null references person,
    fenced_by uuid references person,
    at timestamptz not null,
    position bigint generated always as identity,
    constraint a_write_off_follows_a_fence check ((command = 'WRITE_OFF') = (fenced_by is not null)),
    constraint duties_apart check (fenced_by is null or fenced_by <> person)
);
create index cluster_command_of on cluster_command (cluster, position);
create trigger append_only before update or delete or truncate on cluster_command
    for each statement execute function refuse_change();
