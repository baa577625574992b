-- What of an application that was granted did not come, and was given up: by a cancellation, by its
-- owner who took the rest as it was, or because nobody said anything for too long. What is not here
-- has come, once an application was delivered. What was given up before this was is not known here.
create table application_given_up (
    application uuid not null,
    revision smallint not null,
    position smallint not null,
    missing int not null check (missing > 0), -- so many new hosts; of anything else it
    reason text not null check (length(reason) <= 1000),
    at timestamptz not null,
    primary key (application, revision, position),
    foreign key (application, revision, position) references application_item
);
create trigger append_only before update or delete or truncate on application_given_up
    for each statement execute function refuse_change();
