-- Files of measured use, for hosts that no Prometheus sees: who says what was used, and which file says it.
create table usage_import (
    id uuid primary key,
    file_name text not null check (length(file_name) between 1 and 200),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 of the file
    imported_by uuid not null,
    importer_name text not null,
    imported_at timestamptz not null,
    from_hour timestamptz not null,
    to_hour timestamptz not null check (to_hour > from_hour),
    hosts int not null check (hosts > 0),
    hours int not null check (hours >= hosts),
    samples int not null check (samples >= 0),
    quarantined int not null check (quarantined >= 0),
    aside int not null check (aside between 0 and hours)
);

create index on usage_import (imported_at desc, id);

create trigger append_only before update or delete or truncate on usage_import
    for each statement execute function refuse_change_of_figures();
