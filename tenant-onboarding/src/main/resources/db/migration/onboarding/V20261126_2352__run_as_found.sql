-- Machines that were taken over and that others start and stop by hand stay so until the first command.
alter table host_kept
    drop constraint host_kept_run_by_check,
    add constraint host_kept_run_by_check
        check (run_by in ('STRATEGY', 'RERUN', 'MANUAL', 'ONCE', 'FLAG'));
