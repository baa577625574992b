-- Which instance the last restart of a host ends: noted before it is ended, so that whoever takes over ends
-- no other, and the host has come up again only when another one runs.
alter table host add column restart_of text not null default '' check (length(restart_of) <= 100);
