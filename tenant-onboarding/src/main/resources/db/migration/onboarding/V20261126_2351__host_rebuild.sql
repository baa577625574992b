-- Which system disk the last rebuild of a host replaces: it is done when another one is there. KubeVirt makes
-- one that is filled from an image by itself, as soon as the old one is deleted.
alter table host add column rebuild_of text not null default '' check (length(rebuild_of) <= 100);
