-- The tree in any depth, and how it was before something moved.

alter table unit
    add column parent uuid references unit, -- the unit that it is a part of: a bureau and its centres
    add column dissolved_at timestamptz,
    add column dissolved_into uuid references unit,
    add constraint not_its_own_parent check (parent <> id),
    add constraint dissolved_into_another check (dissolved_into <> id),
    add constraint dissolved_with_a_successor check ((dissolved_at is null) = (dissolved_into is null));
create index unit_parent on unit (parent) where parent is not null;

-- Under whom a node was before it moved; where it is now stands in quota_node. Written when it leaves.
-- By time for whoever asks for a moment, by position for whoever goes through the ledger: what
-- happened at the moment of the move is before it or after it there.
create table quota_past_parent (
    node uuid not null references quota_node,
    parent uuid not null references quota_node,
    since timestamptz not null, -- -infinity: from its beginning
    until timestamptz not null,
    since_position bigint not null check (since_position >= 0),
    until_position bigint not null, -- of the move, among those of quota_entry
    primary key (node, until_position),
    check (since <= until),
    check (since_position < until_position),
    exclude using gist (node with =, tstzrange(since, until) with &&),
    exclude using gist (node with =, int8range(since_position, until_position) with &&)
);
create index quota_past_parent_of on quota_past_parent (parent);

-- What the leaves below a node held that moved.
create table quota_moved (
    position bigint primary key, -- among those of quota_entry
    transfer uuid not null references quota_transfer,
    node uuid not null,
    parting bigint not null,
    resource text not null,
    held bigint not null check (held > 0),
    at timestamptz not null,
    foreign key (node, parting) references quota_past_parent (node, until_position),
    unique (node, parting, resource)
);

create trigger append_only before update or delete or truncate on quota_past_parent
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on quota_moved
    for each statement execute function refuse_change();

-- What the bureau has rearranged: systems and units that moved, units that were dissolved, pools that were split.
create table reorganization (
    id uuid primary key references quota_transfer,
    number bigint generated always as identity unique,
    kind text not null check (kind in ('SYSTEM_MOVE', 'UNIT_MOVE', 'DISSOLUTION', 'SPLIT')),
    subject text not null, -- the system, unit or pool
    target text not null, -- the unit, region or pool
    content text not null, -- in full: the same id with other content is refused
    reason text not null check (length(reason) between 1 and 2000),
    person uuid not null references person,
    at timestamptz not null,
    outcome text not null check (outcome in ('DONE', 'DENIED'))
);
create index reorganization_of on reorganization (subject);
create trigger append_only before update or delete or truncate on reorganization
    for each statement execute function refuse_change();
