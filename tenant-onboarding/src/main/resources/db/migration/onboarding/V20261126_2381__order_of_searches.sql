-- What is found is put in order where it is found, and the latest are looked at without the applications.
alter table application_search add column submitted_at timestamptz;
update application_search s set submitted_at = a.submitted_at from application a where a.id = s.application;
alter table application_search alter column submitted_at set not null;
create index application_search_latest on application_search (submitted_at, application);

create or replace function note_application_search() returns trigger language plpgsql as $$
begin
    insert into application_search (application, text, submitted_at)
    select new.id, lower(concat_ws(e'\n', new.purpose, s.name, s.code, u.name)), new.submitted_at
    from system s, unit u where s.id = new.system and u.id = new.unit
    on conflict (application) do update
        set text = excluded.text, submitted_at = excluded.submitted_at;
    return null;
end
$$;
drop trigger application_search on application;
create trigger application_search after insert or update of purpose, system, unit, submitted_at on application
    for each row execute function note_application_search();
