-- A batch that was decided on what is remembered changes its accounts and commits in one request: so the
-- database itself has to stop where an account is not what it was taken for.
create function as_remembered(holds boolean) returns void language plpgsql as $$
begin
    if not holds then
        raise exception 'the ledger is not what the batch was decided on' using errcode = 'serialization_failure';
    end if;
end $$;
