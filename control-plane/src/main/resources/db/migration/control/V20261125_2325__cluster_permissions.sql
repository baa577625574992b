-- Whoever runs the platform fences a lost cluster and takes it in again; that it is dead is stated by the
-- bureau, whose pool it is.
insert into role_permission (role, permission) values
    ('PLATFORM_OPERATOR', 'CLUSTER_READ'),
    ('PLATFORM_OPERATOR', 'CLUSTER_FENCE'),
    ('PLATFORM_OPERATOR', 'CLUSTER_READMIT'),
    ('BUREAU', 'CLUSTER_READ'),
    ('BUREAU', 'CLUSTER_FENCE'),
    ('BUREAU', 'CLUSTER_WRITE_OFF');
