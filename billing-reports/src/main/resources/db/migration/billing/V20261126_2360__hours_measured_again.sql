-- An hour that stood in a file may be measured by a source afterwards: then it no longer comes from the file. Such a row has no
-- import, and says when the source was read.
alter table usage_import_host drop constraint usage_import_host_pkey;
alter table usage_import_host
    alter column import drop not null,
    add column measured_at timestamptz,
    add constraint from_a_file_or_measured check (num_nonnulls(import, measured_at) = 1),
    add constraint usage_import_host_once unique (host, import);
