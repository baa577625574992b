-- Whoever runs the platform moves hosts between its nodes; no unit does.
insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'HOST_MIGRATE');
