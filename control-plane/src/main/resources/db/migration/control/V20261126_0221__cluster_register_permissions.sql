-- Whoever runs the platform registers clusters, looks into them, cordons and empties them.
insert into role_permission (role, permission) values
    ('PLATFORM_OPERATOR', 'CLUSTER_REGISTER'),
    ('PLATFORM_OPERATOR', 'CLUSTER_CORDON');
