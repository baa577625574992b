-- Who did what to what, when, and how it ended. Written in the transaction of the deed, and never
-- changed: by trigger, also when triggers are put off for a replica, and by grant.

create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    person uuid references person, -- none: the control plane itself
    person_name text check (length(person_name) between 1 and 100), -- as it was then
    action text not null check (action ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$'),
    target text not null check (length(target) between 1 and 300),
    outcome text not null check (outcome in ('SUCCESS', 'FAILURE')),
    detail text not null check (length(detail) <= 1000),
    request text not null check (length(request) <= 64), -- its id; empty: no request led to it
    check ((person is null) = (person_name is null))
);
create index audit_entry_of_target on audit_entry (target, id);
create index audit_entry_of_person on audit_entry (person, id);

create trigger append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();
alter table audit_entry enable always trigger append_only;
revoke update, delete, truncate on audit_entry from public, current_user;
