-- Which commands about applications were taken under a key of their caller's: sent again, they are not taken again.

create table application_command (
    person uuid not null references person,
    key uuid not null,
    application uuid not null references application,
    content text not null check (length(content) between 1 and 200),
    at timestamptz not null,
    primary key (person, key)
);
create trigger append_only before update or delete or truncate on application_command
    for each statement execute function refuse_change();
