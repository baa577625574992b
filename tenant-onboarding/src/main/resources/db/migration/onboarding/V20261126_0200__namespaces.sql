-- What namespaces were granted beyond the guards, why one is not as it should be, and what was put right.

create table namespace_grant (
    system uuid not null references system,
    pool text not null references pool,
    code text not null check (code in ('NODE_PORTS', 'LOAD_BALANCERS', 'EXTERNAL_IPS', 'NETWORK_POLICIES')),
    reason text not null check (length(reason) between 1 and 1000),
    person uuid not null references person,
    at timestamptz not null,
    primary key (system, pool, code)
);

-- Why a cluster would not have what a namespace shall hold; no row: it has it, as far as anybody knows.
create table namespace_refusal (
    cluster text not null,
    namespace text not null,
    reason text not null check (length(reason) between 1 and 2000),
    since timestamptz not null,
    primary key (cluster, namespace),
    foreign key (cluster, namespace) references lease
);

-- What somebody had changed by hand on a cluster: found, and put right or only reported.
create table drift (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    cluster text not null,
    namespace text not null,
    system uuid not null references system,
    kind text not null check (length(kind) between 1 and 63),
    name text not null check (length(name) between 1 and 253),
    field text not null check (length(field) <= 1000), -- a JSON pointer; empty: the whole object
    before text not null check (length(before) between 1 and 2000),
    after text not null check (length(after) between 1 and 2000),
    action text not null check (action in ('REPAIRED', 'REMADE', 'REMOVED', 'REPORTED'))
);
create index drift_of_cluster on drift (cluster, id desc);
create index drift_of_system on drift (system, id desc);
create trigger append_only before update or delete or truncate on drift
    for each statement execute function refuse_change();
