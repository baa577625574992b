-- What units and systems were called, and where units lay, until some moment: a month keeps the names and regions that it ended with.
create table party_past (
    unit uuid not null references party,
    until timestamptz not null,
    code text not null,
    name text not null,
    region text not null,
    primary key (unit, until)
);
create trigger append_only before update or delete or truncate on party_past
    for each statement execute function refuse_change_of_figures();

create table metered_system_past (
    id uuid not null references metered_system,
    until timestamptz not null,
    code text not null,
    name text not null,
    primary key (id, until)
);
create trigger append_only before update or delete or truncate on metered_system_past
    for each statement execute function refuse_change_of_figures();
