-- Which days of a year are not what their weekday says. A year that is imported again becomes another
-- version; the latest counts, and none is ever changed.

create table calendar_version (
    id uuid not null unique, -- the caller's
    year integer not null check (year between 2000 and 2100),
    version integer not null check (version > 0),
    file_name text not null check (length(file_name) between 1 and 200),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 of the file
    basis text not null check (length(basis) between 1 and 200), -- the document that announced it
    reason text not null check (length(reason) <= 500),
    imported_by uuid not null references person,
    imported_at timestamptz not null,
    primary key (year, version),
    constraint again_has_a_reason check (version = 1 or reason <> '')
);
create trigger append_only before update or delete or truncate on calendar_version
    for each statement execute function refuse_change();

create table calendar_day (
    year integer not null,
    version integer not null,
    day date not null,
    kind text not null check (kind in ('HOLIDAY', 'MAKE_UP')),
    name text not null check (length(name) between 1 and 100),
    primary key (year, version, day),
    foreign key (year, version) references calendar_version,
    constraint of_its_year check (extract(year from day) = year),
    constraint made_up_on_a_weekend check (kind <> 'MAKE_UP' or extract(isodow from day) >= 6)
);
create trigger append_only before update or delete or truncate on calendar_day
    for each statement execute function refuse_change();
