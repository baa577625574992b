-- Whether a host that was taken over has another size by now than it was found with.
alter table host_kept add column resized boolean not null default false;
