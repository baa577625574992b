-- What the application's connections may do; run by the owner of the tables after every migration.
-- The application works as yuntai_app, which owns nothing that is append-only: it reads and appends
-- there, and can neither change a row nor switch off the trigger that would refuse it. A table is
-- append-only when it bears a trigger of that name: nobody has to think of it here.
do $$
declare
    kept record;
    hours regclass;
    may_make boolean := (select rolsuper or rolcreaterole from pg_roles where rolname = current_user);
begin
    if not exists (select from pg_roles where rolname = 'yuntai_app') then
        if not may_make then
            raise warning 'there is no role yuntai_app, and % may not make it', current_user;
            return;
        end if;
        begin
            create role yuntai_app nologin;
        exception when duplicate_object or unique_violation then
            null; -- Another database of this server was faster.
        end;
    end if;
    if may_make then
        begin
            execute format('grant yuntai_app to %I', current_user);
        exception when unique_violation or insufficient_privilege then
            null; -- Granted already, here or by another database of this server at this moment.
        end;
    end if;

    -- Months of usage are partitions that the application makes: so it owns those tables.
    execute format('grant usage, create on schema %I to yuntai_app', current_schema());
    foreach hours in array array['usage_hour', 'namespace_hour']::regclass[] loop
        if (select relowner from pg_class where oid = hours) <> 'yuntai_app'::regrole then
            execute format('alter table %s owner to yuntai_app', hours);
        end if;
    end loop;

    execute format('grant select, insert, update, delete on all tables in schema %I to yuntai_app', current_schema());
    execute format('grant usage, select on all sequences in schema %I to yuntai_app', current_schema());
    revoke insert, update, delete on flyway_schema_history from yuntai_app;
    for kept in
        select t.tgrelid::regclass as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname = 'append_only' and c.relnamespace = current_schema()::regnamespace
    loop
        execute format('revoke update, delete, truncate, references, trigger on %s from yuntai_app', kept.name);
    end loop;
end $$;
