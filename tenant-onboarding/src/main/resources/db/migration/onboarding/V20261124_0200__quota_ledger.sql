-- The quota ledger: a tree of nodes for each pool, write-once transfers, and the balances they lead to.

create table quota_node (
    id uuid primary key,
    pool text not null references pool,
    kind text not null check (kind in ('POOL', 'REGION', 'UNIT', 'SYSTEM', 'INFRASTRUCTURE')),
    parent uuid,
    depth smallint not null check (depth between 0 and 32),
    region text references region,
    unit uuid references unit,
    system uuid references system,
    check ((kind = 'POOL') = (parent is null)),
    check ((kind = 'POOL') = (depth = 0)),
    check ((kind = 'REGION') = (region is not null)),
    check ((kind = 'UNIT') = (unit is not null)),
    check ((kind = 'SYSTEM') = (system is not null)),
    unique (id, pool),
    -- a node's parent is of the same pool
    foreign key (parent, pool) references quota_node (id, pool),
    check (num_nonnulls(region, unit, system) <= 1)
);
create unique index quota_node_of on quota_node (pool, kind, coalesce(region, unit::text, system::text, ''));
create index quota_node_children on quota_node (parent);

-- How each node stands. Derived from the entries, kept here to be locked and checked.
create table quota_account (
    node uuid not null references quota_node,
    resource text not null check (resource ~ '^[a-z][A-Za-z0-9]{0,31}(/[a-z0-9][a-z0-9.-]{0,31})?$'),
    guaranteed bigint not null check (guaranteed >= 0),
    ceiling bigint,
    held bigint not null check (held >= 0),
    primary key (node, resource),
    -- what must never happen, whatever the program believes
    constraint never_over_the_ceiling check (ceiling is null or greatest(guaranteed, held) <= ceiling)
);

create table quota_transfer (
    id uuid primary key,
    phase text not null check (phase in ('PENDING', 'POST', 'VOID', 'LIMIT')),
    outcome text not null check (outcome in ('GRANTED', 'DENIED')),
    pending uuid references quota_transfer, -- what a POST or VOID ends
    digest text not null, -- of the content: the same id with other content is refused
    at timestamptz not null,
    check ((phase in ('POST', 'VOID')) = (pending is not null)),
    check (outcome = 'GRANTED' or phase in ('PENDING', 'LIMIT'))
);
-- at most one end for each pending transfer
create unique index quota_transfer_ends_once on quota_transfer (pending) where pending is not null;

create table quota_leg (
    transfer uuid not null references quota_transfer,
    leaf uuid not null references quota_node,
    resource text not null,
    amount bigint not null check (amount <> 0),
    primary key (transfer, leaf, resource)
);

create table quota_entry (
    transfer uuid not null references quota_transfer,
    node uuid not null references quota_node,
    resource text not null,
    side text not null check (side in ('HELD', 'FREE', 'OUTSIDE')),
    amount bigint not null check (amount <> 0),
    primary key (transfer, node, resource, side)
);
create index quota_entry_of_node on quota_entry (node, resource);

create table quota_shortfall (
    transfer uuid not null references quota_transfer,
    node uuid not null references quota_node,
    resource text not null,
    asked bigint not null,
    free bigint not null,
    primary key (transfer, node, resource),
    check (asked > free)
);

-- What is locked: the legs of transfers that are pending and not ended. Derived.
create table quota_locked (
    transfer uuid not null references quota_transfer,
    leaf uuid not null references quota_node,
    resource text not null,
    amount bigint not null check (amount > 0),
    primary key (transfer, leaf, resource)
);
create index quota_locked_of_leaf on quota_locked (leaf);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger append_only before update or delete or truncate on quota_transfer
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on quota_leg
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on quota_entry
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on quota_shortfall
    for each statement execute function refuse_change();

create function debits_equal_credits() returns trigger language plpgsql as $$
begin
    if exists (select from quota_entry where transfer = new.transfer and resource = new.resource
               having sum(amount) <> 0) then
        raise exception 'transfer % does not balance in %', new.transfer, new.resource
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create constraint trigger debits_equal_credits after insert on quota_entry
    deferrable initially deferred for each row execute function debits_equal_credits();
