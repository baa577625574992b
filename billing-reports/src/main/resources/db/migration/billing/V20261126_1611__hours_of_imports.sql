-- Which hours of which host stood in a file: a row for each host of it, not for each of millions of hours. Of files that were
-- taken in before, only the period is known.
create table usage_import_host (
    import uuid not null references usage_import,
    host uuid not null,
    hours tstzmultirange not null check (not isempty(hours)),
    position bigint generated always as identity, -- the later one replaces what an earlier one said
    primary key (host, import)
);

create trigger append_only before update or delete or truncate on usage_import_host
    for each statement execute function refuse_change_of_figures();
