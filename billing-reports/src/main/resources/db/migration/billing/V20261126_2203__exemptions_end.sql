-- Why an exemption was refused, and that one was ended before its last day. What it was until then stays: frozen months are made of it.

alter table exemption
    add column decision_reason text not null default '' check (length(decision_reason) <= 1000),
    add column ended_on date, -- the last day that it still holds; before its first: it never does
    add column ended_by uuid,
    add column ended_by_name text check (length(ended_by_name) between 1 and 100),
    add column ended_reason text check (length(ended_reason) between 1 and 1000),
    add column ended_at timestamptz,
    add constraint ended_as_a_whole check (
        num_nulls(ended_on, ended_by, ended_by_name, ended_reason, ended_at) in (0, 5)),
    add constraint ended_where_allowed check (ended_on is null or state = 'APPROVED' and ended_on < until_day);

-- What was decided stays decided, and what was ended stays ended.
drop trigger keep_decision on exemption;
create function keep_exemption() returns trigger language plpgsql as $$
declare
    decision text[] := array['state', 'decided_by', 'decided_by_name', 'decided_at', 'decision_reason'];
    ending text[] := array['ended_on', 'ended_by', 'ended_by_name', 'ended_reason', 'ended_at'];
    may_change text[] := case
        when tg_op = 'DELETE' then null
        when old.decided_by is null then decision
        when old.state = 'APPROVED' and old.ended_on is null then ending end;
begin
    if may_change is null or to_jsonb(new) - may_change <> to_jsonb(old) - may_change then
        raise exception 'exemption % stays as it is', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger keep_exemption before update or delete on exemption for each row execute function keep_exemption();
