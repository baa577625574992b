-- Who says what hosts used that nothing measures: whoever runs the platform. The bureau, which answers for the figures, sees it.
insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'USAGE_IMPORT');
