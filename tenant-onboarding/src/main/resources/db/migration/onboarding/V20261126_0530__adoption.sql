-- Taking over what ran before we came: what was handed in, and what was found then.
create table adoption (
    id uuid primary key,
    file_name text not null check (length(file_name) between 1 and 200),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 of the file
    adopted_by uuid not null references person,
    adopted_at timestamptz not null,
    debts jsonb not null -- the levels that were in debt right after it
);
create trigger append_only before update or delete or truncate on adoption
    for each statement execute function refuse_change();

create table adopted_namespace (
    cluster text not null,
    namespace text not null,
    adoption uuid not null references adoption,
    uid text not null check (length(uid) between 1 and 253), -- of the namespace, as it was found
    system uuid not null references system,
    pool text not null references pool,
    found jsonb not null,
    done_at timestamptz, -- when its cluster was seen to hold all of it
    primary key (cluster, namespace),
    foreign key (cluster, namespace) references lease deferrable initially deferred
);
create index adopted_namespace_of_adoption on adopted_namespace (adoption);
create index adopted_namespace_under_way on adopted_namespace (system) where done_at is null;

-- A host is there for an application, or was there before.
alter table host alter column application drop not null;
alter table host add column adoption uuid references adoption deferrable initially deferred;
alter table host add constraint ordered_or_adopted check ((application is null) = (adoption is not null));
alter table host drop constraint host_disk_bytes_check;
alter table host add constraint a_disk_that_was_ordered
    check (disk_bytes > 0 or (disk_bytes = 0 and adoption is not null));

-- How the machine of a host reads that others have made.
create table host_kept (
    host uuid primary key references host,
    run_by text not null check (run_by in ('STRATEGY', 'RERUN', 'FLAG')),
    sockets int check (sockets > 0),
    cores int check (cores > 0),
    threads int check (threads > 0),
    memory text not null check (length(memory) <= 50),
    claims text[] not null check (cardinality(claims) <= 16)
);
