-- By which application or order to reclaim a host came to the recycle bin: nobody destroys it who has a duty there.
-- Where nobody has moved it there but the end of its term, one proposes its destruction and another destroys it.

alter table host add column recycled_for_application uuid references application;
alter table host add column recycled_for_reclaim uuid references reclaim;
alter table host add column destruction_proposed_by uuid references person;

-- The step of those that are there or were destroyed since bears the number of what ordered it.
with last as (
    select distinct on (host) host, person, note from host_step
    where command = 'RECYCLE' order by host, version desc)
update host h set recycled_for_application = a.id
from last t join application a on a.number = substring(t.note from '^A[0-9]{4}-([0-9]{6,18})$')::bigint
where t.host = h.id and t.person = h.recycled_by
  and exists (select from application_item i where i.application = a.id and i.host = h.id);
with last as (
    select distinct on (host) host, person, note from host_step
    where command = 'RECYCLE' order by host, version desc)
update host h set recycled_for_reclaim = r.id
from last t join reclaim r on r.number = substring(t.note from '^R[0-9]{4}-([0-9]{6,18})$')::bigint
where t.host = h.id and t.person = h.recycled_by and h.recycled_for_application is null
  and exists (select from reclaim_item i where i.reclaim = r.id and i.host = h.id and i.action = 'RECYCLE');

alter table host add constraint recycled_for_one check
    (num_nonnulls(recycled_for_application, recycled_for_reclaim) = 0
     or num_nonnulls(recycled_for_application, recycled_for_reclaim) = 1 and recycled_by is not null);
alter table host add constraint proposed_where_nobody_recycled check
    (destruction_proposed_by is null or recycled_at is not null and recycled_by is null);
create index host_recycled_for_application on host (recycled_for_application)
    where recycled_for_application is not null;
create index host_recycled_for_reclaim on host (recycled_for_reclaim) where recycled_for_reclaim is not null;

-- Beside the constraint destroyed_by_another. Those that were destroyed before this was asked stay as they are.
create function refuse_destruction_by_who_had_a_part() returns trigger language plpgsql as $$
begin
    if new.recycled_by is null and new.destruction_proposed_by is null then
        raise exception 'destroyed_by_another: nobody else has said that the host shall go'
            using errcode = 'check_violation';
    end if;
    if new.destroyed_by = new.destruction_proposed_by
       or exists (select from application_duty d
                  where d.application = new.recycled_for_application and d.person = new.destroyed_by)
       or exists (select from reclaim_duty d
                  where d.reclaim = new.recycled_for_reclaim and d.person = new.destroyed_by) then
        raise exception 'destroyed_by_another: whoever destroys a host had a part in what has recycled it'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger destroyed_by_another before insert or update of
        destroyed_by, recycled_by, recycled_for_application, recycled_for_reclaim, destruction_proposed_by
    on host for each row when (new.destroyed_by is not null)
    execute function refuse_destruction_by_who_had_a_part();

alter table host_command drop constraint host_command_kind_check;
alter table host_command add constraint host_command_kind_check check (kind in
    ('START', 'STOP', 'RESTART', 'RESIZE', 'ADD_DISK', 'REBUILD', 'RECYCLE', 'RESTORE', 'PROPOSE_DESTRUCTION',
     'DESTROY'));
