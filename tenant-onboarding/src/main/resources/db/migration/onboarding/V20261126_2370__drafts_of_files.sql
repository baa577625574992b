-- What a draft changes of the files of a returned application is undone when the draft is thrown away, for
-- nobody answers for it. So it is known of each file whether a revision was handed in with it, and whether
-- one was handed in without it since.
alter table application_attachment
    add column handed_in boolean not null default false,
    add column left_out boolean not null default false;
update application_attachment f
set handed_in = true, left_out = f.removed_at is not null
where exists (select from application a where a.id = f.application);
alter table application_attachment
    add check (handed_in or removed_at is null),
    add check (removed_at is not null or not left_out);
