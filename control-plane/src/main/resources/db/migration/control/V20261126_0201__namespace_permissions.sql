-- Everybody sees the namespaces that he sees the systems of; what they may beyond the guards is for whoever runs the platform.
insert into role_permission (role, permission)
select role.code, 'NAMESPACE_READ' from role
where role.code in ('UNIT_STAFF', 'UNIT_OWNER', 'PLATFORM_OPERATOR', 'BUREAU');
insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'NAMESPACE_GRANT');
