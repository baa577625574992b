-- Disks that bear our labels and belong to no host are found, too.
alter table finding add column disk text not null default ''; -- empty: it is none
