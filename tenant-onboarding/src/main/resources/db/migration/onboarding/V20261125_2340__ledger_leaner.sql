-- What a decision costs the database: fewer bytes, fewer indexes, each rule looked at once a statement;
-- and one rule more: what is locked at a leaf cannot be given back.

-- SHA-256 cut to 128 bits: it tells two commands with one id apart, nobody has a reason to forge it.
alter table quota_transfer alter column digest type uuid using substr(digest, 1, 32)::uuid;

-- One rule in place of five, which are read from the catalogue with each statement.
alter table quota_transfer
    drop constraint known_phase,
    drop constraint an_end_is_never_denied,
    drop constraint only_pending_expires,
    drop constraint quota_transfer_outcome_check,
    drop constraint quota_transfer_check,
    add constraint is_one_of_its_kind check (
        outcome in ('GRANTED', 'DENIED')
        and case phase
            when 'PENDING' then pending is null
            when 'POST' then pending is not null and outcome = 'GRANTED' and expires_at is null
            when 'VOID' then pending is not null and outcome = 'GRANTED' and expires_at is null
            when 'LEASE' then pending is null and expires_at is null
            when 'LIMIT' then pending is null and expires_at is null
            when 'MOVE' then pending is null and expires_at is null
            else false end);

-- As for entries: a foreign key would lock, and so write, each pending transfer that ends.
alter table quota_transfer drop constraint quota_transfer_pending_fkey;

create function ends_are_sound() returns trigger language plpgsql as $$
begin
    if exists (select from written w
               where w.pending is not null
                 and (select t.phase from quota_transfer t where t.id = w.pending and t.outcome = 'GRANTED')
                     is distinct from 'PENDING') then
        raise exception 'an end of nothing pending' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create trigger ends_are_sound after insert on quota_transfer
    referencing new table as written for each statement execute function ends_are_sound();

-- The past is asked of what leaves held; the other sides are added up, never looked up.
drop index quota_entry_of_account;
create index quota_entry_held on quota_entry (node, resource, at, position) where side = 'HELD';

create or replace function entries_are_sound() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select * into wrong
    from (select w.transfer, w.resource, sum(w.amount) as total,
                 bool_and((select a.node from quota_account a where a.node = w.node and a.resource = w.resource)
                          is not null) as accounts
          from written w group by w.transfer, w.resource) s
    where s.total <> 0 or not s.accounts
       or (select t.outcome from quota_transfer t where t.id = s.transfer) is distinct from 'GRANTED'
    limit 1;
    if found and wrong.total <> 0 then
        raise exception 'transfer % does not balance in %', wrong.transfer, wrong.resource
            using errcode = 'integrity_constraint_violation';
    elsif found then
        raise exception 'an entry of transfer % points at nothing', wrong.transfer
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

-- What is pending at a leaf, kept with what it holds so that one can never be more than the other.
alter table quota_account add column locked bigint not null default 0;
update quota_account a set locked = l.amount
from (select leaf, resource, sum(amount) as amount from quota_locked group by leaf, resource) l
where l.leaf = a.node and l.resource = a.resource;
alter table quota_account
    add constraint what_is_locked_is_held check (locked between 0 and held);

-- A balance changes thousands of times a second, a resource never: what it is called is looked at when
-- an account is made, and not with each change again.
alter table quota_account drop constraint quota_account_resource_check;
create function resource_is_well_formed() returns trigger language plpgsql as $$
begin
    if new.resource !~ '^[a-z][A-Za-z0-9]{0,31}(/[a-z0-9][a-z0-9.-]{0,31})?$' then
        raise exception 'not a resource: %', new.resource using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger resource_is_well_formed before insert or update of resource on quota_account
    for each row execute function resource_is_well_formed();

-- The rows of a hot unit change thousands of times a second: room for the next version on their page.
alter table quota_account set (fillfactor = 40);

-- Goes up when a node comes to stand elsewhere, so that whoever remembers paths finds that they are old.
create table quota_shape (
    only_one boolean primary key default true check (only_one),
    version bigint not null
);
insert into quota_shape (version) values (1);

create function shape_has_changed() returns trigger language plpgsql as $$
begin
    update quota_shape set version = version + 1;
    return null;
end $$;

create trigger shape_has_changed after update of parent, depth, pool on quota_node
    for each statement execute function shape_has_changed();
create trigger shape_has_changed_by_deletion after delete or truncate on quota_node
    for each statement execute function shape_has_changed();
