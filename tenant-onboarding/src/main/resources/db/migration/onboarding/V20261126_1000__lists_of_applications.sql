-- Lists and searches of applications whose cost does not grow with how many there are.

-- What a list begins at, in either direction, and what its next page continues at.
drop index application_latest;
drop index application_by;
drop index application_of_unit;
drop index application_of_system;
create index application_latest on application (submitted_at, id);
create index application_entered on application (entered_at, id);
create index application_in_state on application (state, submitted_at, id);
create index application_of_unit on application (unit, submitted_at, id);
create index application_of_system on application (system, submitted_at, id);
create index application_by on application (submitted_by, submitted_at, id);
-- An inbox: those of a unit that anybody has still to do with are few, however many it has had.
create index application_open_of_unit on application (unit, submitted_at, id) where state not in
    ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');

-- The pairs of characters of a text, and where it is asked for its characters, a number each; two that share
-- one only cost a look at the text. Not pg_trgm: most that is searched for in Chinese has two characters, and its shortest is three.
create function search_grams(text text, alone boolean) returns int[] language sql immutable strict parallel safe cost 2000
return (
    with character as (
        select at, ascii(c)::bigint as code
        from unnest(string_to_array(text, null)) with ordinality as each (c, at)
    ), gram as (
        select code from character where alone
        union
        select (code << 21) | lead(code) over (order by at) from character
    )
    select coalesce(array_agg((code % 2147483647)::int), '{}') from gram where code is not null
);

-- What an application is found by, in small letters: its purpose, and whose it is for what.
create table application_search (
    application uuid primary key references application,
    text text not null,
    grams int[] not null generated always as (search_grams(text, true)) stored
);
-- Without a list of what is pending, which each search would have to read through.
create index application_search_grams on application_search using gin (grams) with (fastupdate = off);

create function note_application_search() returns trigger language plpgsql as $$
begin
    insert into application_search (application, text)
    select new.id, lower(concat_ws(e'\n', new.purpose, s.name, s.code, u.name))
    from system s, unit u where s.id = new.system and u.id = new.unit
    on conflict (application) do update set text = excluded.text;
    return null;
end
$$;
create trigger application_search after insert or update of purpose, system, unit on application
    for each row execute function note_application_search();

-- Names never change; if they come to, what is found by them has to.
create function renew_application_search() returns trigger language plpgsql as $$
begin
    update application set purpose = purpose
    where case tg_table_name when 'system' then system = new.id else unit = new.id end;
    return null;
end
$$;
create trigger application_search after update of name, code on system
    for each row when ((old.name, old.code) is distinct from (new.name, new.code))
    execute function renew_application_search();
create trigger application_search after update of name on unit
    for each row when (old.name is distinct from new.name)
    execute function renew_application_search();

insert into application_search (application, text)
select a.id, lower(concat_ws(e'\n', a.purpose, s.name, s.code, u.name))
from application a join system s on s.id = a.system join unit u on u.id = a.unit;
