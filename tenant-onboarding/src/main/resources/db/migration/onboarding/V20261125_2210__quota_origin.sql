-- Which server, and which of its timelines, the ledger was last seen on: a restore begins another.
create table quota_origin (
    only_one boolean primary key default true check (only_one),
    server bigint not null,
    timeline text not null check (timeline ~ '^[0-9A-F]{8}$')
);
insert into quota_origin (server, timeline)
select system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) from pg_control_system();
