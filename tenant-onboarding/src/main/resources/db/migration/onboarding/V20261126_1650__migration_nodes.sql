-- From where to where a host was moved, in its cluster's words; empty: it has not said.
alter table host_migration
    add column source_node text not null default '' check (length(source_node) <= 253),
    add column target_node text not null default '' check (length(target_node) <= 253);
create index host_migration_by_time on host_migration (ordered_at desc, id);
