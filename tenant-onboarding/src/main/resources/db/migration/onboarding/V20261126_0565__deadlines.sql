-- What was done because an application stood still: once for each version of it.
create table application_deadline (
    application uuid not null references application,
    version integer not null check (version > 0),
    step text not null check (step in ('REMIND', 'ESCALATE', 'WARN', 'DEEM')),
    days integer not null check (days > 0), -- working days
    at timestamptz not null,
    primary key (application, version, step, days)
);
create trigger append_only before update or delete or truncate on application_deadline
    for each statement execute function refuse_change();
