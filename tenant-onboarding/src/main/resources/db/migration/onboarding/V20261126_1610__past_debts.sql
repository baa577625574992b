-- What each account owed and when: a month that is worked out again long after must find what was owed then.
create table quota_past_debt (
    node uuid not null,
    resource text not null,
    at timestamptz not null,
    debt bigint not null check (debt >= 0),
    position bigint generated always as identity primary key
);
create index quota_past_debt_of_account on quota_past_debt (node, resource, at, position);
insert into quota_past_debt (node, resource, at, debt)
    select node, resource, debt_since, debt from quota_account where debt > 0;
create trigger append_only before update or delete or truncate on quota_past_debt
    for each statement execute function refuse_change();

-- At the end of the transaction: a debt is raised before the account bears the time of it.
create function keep_past_debt() returns trigger language plpgsql as $$
begin
    insert into quota_past_debt (node, resource, at, debt)
        select node, resource, changed_at, debt from quota_account
        where node = new.node and resource = new.resource;
    return null;
end $$;
create constraint trigger keep_past_debt after update on quota_account deferrable initially deferred
    for each row when (old.debt <> new.debt) execute function keep_past_debt();
