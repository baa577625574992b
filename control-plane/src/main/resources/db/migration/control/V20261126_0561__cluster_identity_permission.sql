-- Whoever runs the platform states that a cluster was set up anew in the place of one that is gone.
insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'CLUSTER_ACCEPT');
