-- A unit's staff and the platform's operators operate hosts; only operators destroy one. The catalogue is
-- the platform's.
insert into role_permission (role, permission) values
    ('UNIT_STAFF', 'HOST_OPERATE'),
    ('UNIT_OWNER', 'HOST_OPERATE'),
    ('PLATFORM_OPERATOR', 'HOST_OPERATE'),
    ('PLATFORM_OPERATOR', 'HOST_DESTROY'),
    ('PLATFORM_OPERATOR', 'CATALOGUE_EDIT');
