-- The ledger in batches, and its past: entries keep when they were made and what they lead to, so
-- that any moment can be asked; what is checked is checked once a statement.

-- What may end and what is final at once.
alter table quota_transfer drop constraint quota_transfer_phase_check;
alter table quota_transfer drop constraint quota_transfer_denied_check;
alter table quota_transfer
    add constraint known_phase
        check (phase in ('PENDING', 'POST', 'VOID', 'LEASE', 'LIMIT', 'MOVE')),
    add constraint an_end_is_never_denied check (outcome = 'GRANTED' or phase not in ('POST', 'VOID')),
    add column expires_at timestamptz, -- when a pending transfer is voided unless it has ended
    add constraint only_pending_expires check (expires_at is null or phase = 'PENDING');

-- Time never runs backwards on one account: no entry bears a time before the latest one.
alter table quota_account add column changed_at timestamptz not null default '-infinity';
alter table quota_account alter column changed_at drop default;

alter table quota_locked add column expires_at timestamptz;
create index quota_locked_expiry on quota_locked (expires_at) where expires_at is not null;

alter table quota_entry disable trigger append_only;
alter table quota_entry
    add column position bigint generated always as identity,
    add column at timestamptz,
    add column balance bigint; -- of this account and side, this entry included
update quota_entry e set at = t.at from quota_transfer t where t.id = e.transfer;
update quota_entry e set balance = s.balance
from (select position, sum(amount) over (partition by node, resource, side order by at, position) as balance
      from quota_entry) s
where s.position = e.position;
alter table quota_entry
    alter column at set not null,
    alter column balance set not null,
    add constraint only_outside_is_below_zero check ((balance < 0) <= (side = 'OUTSIDE'));
alter table quota_entry enable trigger append_only;
update quota_account a set changed_at = e.at
from (select node, resource, max(at) as at from quota_entry group by node, resource) e
where e.node = a.node and e.resource = a.resource;

drop index quota_entry_of_node;
create index quota_entry_of_account on quota_entry (node, resource, side, at, position);

-- A foreign key locks, and so rewrites, the row that it points at, once for each row that points.
-- What entries point at can never go, being append-only or a node with an account: so looking once
-- when a batch is written says the same.
drop trigger debits_equal_credits on quota_entry;
drop function debits_equal_credits;
alter table quota_entry
    drop constraint quota_entry_transfer_fkey,
    drop constraint quota_entry_node_fkey;
alter table quota_locked
    drop constraint quota_locked_transfer_fkey,
    drop constraint quota_locked_leaf_fkey;

-- A subquery a row, never a join: a plan made while the tables were small would read them from end to
-- end ever after.
create function entries_are_sound() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select transfer, resource into wrong from written group by transfer, resource having sum(amount) <> 0 limit 1;
    if found then
        raise exception 'transfer % does not balance in %', wrong.transfer, wrong.resource
            using errcode = 'integrity_constraint_violation';
    end if;
    select w.transfer, w.node into wrong from written w
    where (select t.outcome from quota_transfer t where t.id = w.transfer) is distinct from 'GRANTED' limit 1;
    if not found then
        select w.transfer, w.node into wrong from written w
        where (select a.node from quota_account a where a.node = w.node and a.resource = w.resource) is null limit 1;
    end if;
    if found then
        raise exception 'an entry of transfer % on node % points at nothing', wrong.transfer, wrong.node
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create trigger entries_are_sound after insert on quota_entry
    referencing new table as written for each statement execute function entries_are_sound();

create function locks_are_sound() returns trigger language plpgsql as $$
begin
    if exists (select from written w
               where (select t.phase from quota_transfer t where t.id = w.transfer and t.outcome = 'GRANTED')
                     is distinct from 'PENDING') then
        raise exception 'a lock without a pending transfer' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create trigger locks_are_sound after insert on quota_locked
    referencing new table as written for each statement execute function locks_are_sound();

-- The legs of a granted transfer are its entries on the side HELD; legs are kept of what was denied.
comment on table quota_leg is 'what was asked by a transfer that was denied';

-- The first answer, as it was given.
alter table quota_shortfall add column holders jsonb not null default '[]';
