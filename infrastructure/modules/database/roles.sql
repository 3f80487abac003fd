-- Run once as the master user, by the release pipeline before the first deployment; safe to run again.
-- The application may read and write rows, and cannot change the schema: only workshop_migrator owns tables.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workshop_migrator') THEN
    CREATE ROLE workshop_migrator LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workshop_app') THEN
    CREATE ROLE workshop_app LOGIN;
  END IF;
END
$$;

GRANT rds_iam TO workshop_migrator, workshop_app;

REVOKE ALL ON DATABASE workshop FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT CONNECT ON DATABASE workshop TO workshop_migrator, workshop_app;
GRANT USAGE, CREATE ON SCHEMA public TO workshop_migrator;
GRANT USAGE ON SCHEMA public TO workshop_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO workshop_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO workshop_app;

-- Default privileges of another role can be set only by a member of it.
GRANT workshop_migrator TO CURRENT_USER;
ALTER DEFAULT PRIVILEGES FOR ROLE workshop_migrator IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO workshop_app;
ALTER DEFAULT PRIVILEGES FOR ROLE workshop_migrator IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO workshop_app;
