-- What the people of a unit search is looked through where its texts are, without the applications.
alter table application_search add column unit uuid;
update application_search s set unit = a.unit from application a where a.id = s.application;
alter table application_search alter column unit set not null;
create index application_search_of_unit on application_search (unit, submitted_at, application);

create or replace function note_application_search() returns trigger language plpgsql as $$
begin
    insert into application_search (application, text, submitted_at, unit)
    select new.id, lower(concat_ws(e'\n', new.purpose, s.name, s.code, u.name)), new.submitted_at, new.unit
    from system s, unit u where s.id = new.system and u.id = new.unit
    on conflict (application) do update
        set text = excluded.text, submitted_at = excluded.submitted_at, unit = excluded.unit;
    return null;
end
$$;
