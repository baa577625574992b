-- Clusters that are registered while the server runs, and what is known of any: which it is, whether
-- anything new may be placed there, what its nodes offer and what an operator says that it offers.

alter table cluster
    add column uid text unique check (length(uid) between 1 and 64), -- of its namespace kube-system
    add column scheduling text not null default 'OPEN'
        constraint known_scheduling check (scheduling in ('OPEN', 'CORDONED', 'DRAINING')),
    add column scheduling_since timestamptz; -- null: from the beginning

alter table cluster_command drop constraint cluster_command_command_check;
alter table cluster_command add constraint known_command
    check (command in ('FENCE', 'WRITE_OFF', 'READMIT', 'CORDON', 'UNCORDON', 'DRAIN'));

create table cluster_registration (
    cluster text primary key references cluster,
    display_name text not null check (length(display_name) between 1 and 100),
    server text not null check (length(server) between 1 and 500),
    kubernetes text not null check (length(kubernetes) between 1 and 100),
    -- AES-256-GCM: 12 bytes of nonce, the text, 16 bytes of tag; the cluster's name is bound to it.
    kubeconfig bytea not null check (length(kubeconfig) between 29 and 131072),
    key_id text not null check (length(key_id) between 1 and 64),
    version bigint not null check (version > 0), -- counts what a connection has to be made anew for
    registered_by uuid not null references person,
    registered_at timestamptz not null,
    changed_at timestamptz not null
);

create table cluster_registration_pool (
    cluster text not null references cluster_registration on delete cascade,
    pool text not null references pool,
    primary key (cluster, pool)
);

-- What its nodes offered when they were last read.
create table cluster_capacity (
    cluster text primary key references cluster,
    nodes integer not null check (nodes >= 0),
    ready integer not null check (ready between 0 and nodes),
    open integer not null check (open between 0 and ready),
    read_at timestamptz not null
);

create table cluster_capacity_share (
    cluster text not null references cluster_capacity on delete cascade,
    processor text not null check (processor in ('', 'domestic', 'ordinary')), -- '': nodes without the label
    resource text not null,
    nodes integer not null check (nodes > 0),
    amount bigint not null check (amount >= 0),
    primary key (cluster, processor, resource)
);

-- What an operator says that it offers, and why; the latest counts.
create table cluster_declaration (
    id uuid primary key, -- the caller's
    cluster text not null references cluster,
    reason text not null check (length(reason) between 1 and 1000),
    person uuid not null references person,
    at timestamptz not null,
    position bigint generated always as identity
);
create index cluster_declaration_of on cluster_declaration (cluster, position);
create trigger append_only before update or delete or truncate on cluster_declaration
    for each statement execute function refuse_change();

create table cluster_declaration_amount (
    declaration uuid not null references cluster_declaration,
    resource text not null,
    amount bigint not null check (amount >= 0),
    primary key (declaration, resource)
);
create trigger append_only before update or delete or truncate on cluster_declaration_amount
    for each statement execute function refuse_change();
