-- What an application has locked expires when nobody decides about it; that is its end.

alter table application drop constraint application_state_check;
alter table application add check (state in
    ('TECH_REVIEW', 'APPROVED', 'DELIVERING', 'DELIVERED', 'CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'));

alter table application_step drop constraint application_step_command_check;
alter table application_step add check (command in
    ('SUBMIT', 'APPROVE', 'REJECT', 'WITHDRAW', 'EXPIRE', 'DELIVER', 'OBSERVE', 'CONFIRM'));
alter table application_step drop constraint application_step_check2;
alter table application_step add constraint the_control_plane_itself
    check ((command in ('EXPIRE', 'DELIVER', 'OBSERVE')) = (person is null));
