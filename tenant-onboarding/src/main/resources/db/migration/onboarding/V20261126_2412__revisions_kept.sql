-- What each revision has asked for beside its items. The application has what the last one says; of
-- those before it that were handed in before this was, only the items are known. The pool is as it
-- was called then.
create table application_revision (
    application uuid not null references application,
    revision smallint not null check (revision between 1 and 100),
    system uuid not null references system,
    pool text not null,
    purpose text not null check (length(purpose) between 1 and 2000),
    term_months smallint not null check (term_months between 1 and 60),
    expected_load text not null check (length(expected_load) <= 2000),
    primary key (application, revision)
);
insert into application_revision (application, revision, system, pool, purpose, term_months, expected_load)
select id, revision, system, pool, purpose, term_months, expected_load from application;
create trigger append_only before update or delete or truncate on application_revision
    for each statement execute function refuse_change();
