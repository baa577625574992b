-- What ran before it was taken over is charged although there is no room for it: a debt. No account holds more
-- than its ceiling, but for what it owes; what it owes is raised by one statement, and falls by itself with
-- what is held, or with a higher ceiling.
alter table quota_account add column debt bigint not null default 0 check (debt >= 0);
alter table quota_account add column debt_since timestamptz;
alter table quota_account drop constraint never_over_the_ceiling;
alter table quota_account add constraint never_over_the_ceiling
    check (ceiling is null or (guaranteed <= ceiling and held <= ceiling + debt));
alter table quota_account add constraint a_debt_began check ((debt > 0) = (debt_since is not null));

create function debt_falls() returns trigger language plpgsql as $$
begin
    new.debt := least(old.debt, greatest(0, new.held - coalesce(new.ceiling, new.held)));
    if new.debt = 0 then
        new.debt_since := null;
    end if;
    return new;
end $$;
-- Of accounts that owe nothing, which are nearly all, no more is asked than this condition.
create trigger debt_falls before update on quota_account
    for each row when (old.debt > 0 and new.debt = old.debt) execute function debt_falls();

alter table quota_transfer drop constraint is_one_of_its_kind;
alter table quota_transfer add constraint is_one_of_its_kind check (
        outcome in ('GRANTED', 'DENIED')
        and case phase
            when 'PENDING' then pending is null
            when 'POST' then pending is not null and outcome = 'GRANTED' and expires_at is null
            when 'VOID' then pending is not null and outcome = 'GRANTED' and expires_at is null
            when 'LEASE' then pending is null and expires_at is null
            when 'DEBT' then pending is null and outcome = 'GRANTED' and expires_at is null
            when 'LIMIT' then pending is null and expires_at is null
            when 'MOVE' then pending is null and expires_at is null
            else false end);
