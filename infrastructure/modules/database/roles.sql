-- Run once as the master user, by the release pipeline before the first deployment; safe to run again.
-- The application reads and writes rows. Only the owner changes the schema, and only the migrator may become the owner.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workshop_owner') THEN
    CREATE ROLE workshop_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workshop_migrator') THEN
    CREATE ROLE workshop_migrator LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workshop_app') THEN
    CREATE ROLE workshop_app LOGIN;
  END IF;
END
$$;

GRANT rds_iam TO workshop_migrator, workshop_app;

-- The owner is a role of its own because the master must belong to it, to set its default privileges, and must not
-- belong to the migrator: whoever is in rds_iam, even through another role, can no longer sign in with a password.
GRANT workshop_owner TO workshop_migrator, CURRENT_USER;
ALTER ROLE workshop_migrator SET role = 'workshop_owner';

REVOKE ALL ON DATABASE workshop FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT CONNECT ON DATABASE workshop TO workshop_migrator, workshop_app;
GRANT USAGE, CREATE ON SCHEMA public TO workshop_owner;
GRANT USAGE ON SCHEMA public TO workshop_app;

ALTER DEFAULT PRIVILEGES FOR ROLE workshop_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO workshop_app;
ALTER DEFAULT PRIVILEGES FOR ROLE workshop_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO workshop_app;
