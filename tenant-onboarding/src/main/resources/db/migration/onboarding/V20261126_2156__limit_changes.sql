-- What a node was promised and could not exceed before and after each change, so that any past moment can be asked. What was
-- changed before this table was there is in the audit alone: of then the limits before the first change that is here are told.
create table quota_limit_change (
    position bigint primary key default nextval(pg_get_serial_sequence('quota_entry', 'position')), -- one order for all of the past
    transfer uuid not null references quota_transfer,
    node uuid not null references quota_node,
    resource text not null,
    was_guaranteed bigint not null check (was_guaranteed >= 0),
    was_ceiling bigint check (was_ceiling >= was_guaranteed),
    guaranteed bigint not null check (guaranteed >= 0),
    ceiling bigint check (ceiling >= guaranteed), -- null: bounded by the levels above alone
    at timestamptz not null
);
create index quota_limit_change_of_node on quota_limit_change (node, resource, at, position);

create trigger append_only before update or delete or truncate on quota_limit_change
    for each statement execute function refuse_change();
alter table quota_limit_change enable always trigger append_only;
