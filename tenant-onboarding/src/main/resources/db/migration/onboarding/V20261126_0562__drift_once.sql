-- What two servers have seen of one object, and both put right, is recorded once.

alter table drift add column seen text check (length(seen) between 1 and 400); -- null: nobody can tell
create unique index drift_once on drift (cluster, namespace, kind, name, md5(field), action, seen)
    where seen is not null;
