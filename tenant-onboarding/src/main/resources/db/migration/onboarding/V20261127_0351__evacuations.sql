-- Moves that a cluster has begun by itself, to empty a node: taken in, so that the infrastructure pays for them as
-- for those that were ordered. Nobody has ordered them, and their cluster has given them a name. One that waits
-- for what the infrastructure has closes nothing meanwhile.
alter table host_migration
    alter column ordered_by drop not null,
    add column name text check (length(name) between 1 and 253), -- null: after its id
    drop constraint host_migration_state_check,
    add constraint host_migration_state_check
        check (state in ('WAITING', 'CLOSING', 'CLOSED', 'GRANTED', 'MOVING', 'RELEASING', 'ENDED')),
    drop constraint host_migration_check,
    add constraint host_migration_gate check ((state in ('WAITING', 'ENDED')) = (gate = '')),
    add constraint host_migration_ordered check ((name is null) = (ordered_by is not null)),
    add constraint host_migration_waits check (state <> 'WAITING' or name is not null);
create unique index one_row_an_evacuation on host_migration (cluster, namespace, name) where name is not null;
