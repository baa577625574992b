-- Whoever runs the platform takes over what ran before.
insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'ADOPT');
