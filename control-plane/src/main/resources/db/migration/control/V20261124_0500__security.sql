-- Roles are data: which permissions a role gives, and who has which role. Permissions are the
-- program's: a row that names one that does not exist gives nothing.

create table role (
    code text primary key check (code ~ '^[A-Z][A-Z_]{1,62}$')
);

create table role_permission (
    role text not null references role,
    permission text not null check (permission ~ '^[A-Z][A-Z_]{1,62}$'),
    primary key (role, permission)
);

create table person_role (
    person uuid not null references person,
    role text not null references role,
    primary key (person, role)
);

insert into role (code) values ('UNIT_STAFF'), ('UNIT_OWNER'), ('PLATFORM_OPERATOR'), ('BUREAU');

insert into role_permission (role, permission)
select role.code, permission
from role,
     unnest(array['REGISTER_READ', 'APPLICATION_READ', 'POOL_READ', 'HOST_READ', 'RANKING_READ']) permission;

insert into role_permission (role, permission) values
    ('UNIT_STAFF', 'APPLICATION_SUBMIT'),
    ('UNIT_STAFF', 'APPLICATION_WITHDRAW'),
    ('UNIT_OWNER', 'APPLICATION_SUBMIT'),
    ('UNIT_OWNER', 'APPLICATION_WITHDRAW'),
    ('UNIT_OWNER', 'APPLICATION_CONFIRM'),
    ('PLATFORM_OPERATOR', 'APPLICATION_APPROVE'),
    ('PLATFORM_OPERATOR', 'OUTLOOK_READ'),
    ('BUREAU', 'OUTLOOK_READ'),
    ('BUREAU', 'REGISTER_IMPORT'),
    ('BUREAU', 'RANKING_EXPORT'),
    ('BUREAU', 'AUDIT_READ');
