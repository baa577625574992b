-- A protection period that was declared stays as it is; that it was ended before its time, such as
-- one of a mistyped year, stands beside it. Somebody else than who declared it says so.
alter table protection_period add unique (id, declared_by);
create table protection_period_end (
    period uuid primary key,
    declared_by uuid not null,
    ended_at timestamptz not null,
    ended_by uuid not null references person,
    reason text not null check (length(reason) between 1 and 2000),
    foreign key (period, declared_by) references protection_period (id, declared_by),
    check (ended_by <> declared_by)
);
create trigger append_only before update or delete or truncate on protection_period_end
    for each statement execute function refuse_change();
