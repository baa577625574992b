-- Where a host runs, as the sources of measured use call it.
alter table allocation
    add column cluster text not null default 'unknown' check (length(cluster) between 1 and 63),
    add column namespace text not null default 'unknown' check (length(namespace) between 1 and 63);
alter table allocation
    alter column cluster drop default,
    alter column namespace drop default;
