-- What is needed to give up what did not come.

-- By which change of its lease what is new was granted: enforced since, it has come.
alter table application add column granted_epoch bigint check (granted_epoch > 0);

-- The size of the catalogue that a host had before its last resize.
alter table host add column before_size text;
alter table host add column before_size_version int;
alter table host add constraint before_size_of_the_catalogue
    check ((before_size is null) = (before_size_version is null));
alter table host add foreign key (before_size, before_size_version) references host_size;

-- A disk that is wanted no more, until nothing of it is there.
alter table host_disk add column given_up boolean not null default false;
