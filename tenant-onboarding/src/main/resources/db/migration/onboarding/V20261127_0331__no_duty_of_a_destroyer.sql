-- The other side of destroyed_by_another: whoever has destroyed a host takes no duty in what had moved it to the recycle bin.
-- Duties that were taken so before stay as they are.

create function refuse_duty_of_a_destroyer() returns trigger language plpgsql as $$
begin
    -- Held until the end: whoever is destroying one now is waited for, and whoever comes later finds this duty.
    if new.person in (
        select h.destroyed_by from (
            select destroyed_by from host
            where recycled_for_application = (to_jsonb(new) ->> 'application')::uuid
               or recycled_for_reclaim = (to_jsonb(new) ->> 'reclaim')::uuid
            order by id for share) h) then
        raise exception 'destroyed_by_another: whoever destroyed a host takes no part in what had recycled it'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger destroyed_by_another before insert on application_duty
    for each row execute function refuse_duty_of_a_destroyer();
create trigger destroyed_by_another before insert on reclaim_duty
    for each row execute function refuse_duty_of_a_destroyer();
