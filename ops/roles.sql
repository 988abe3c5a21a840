-- The three database roles and what each may do. Run by a superuser, as often as one likes: locally and in tests by
-- ops/services, in production by ops/roles.sh inside the database container.
-- Passwords come from the environment, since arguments can be read by everyone on the machine.
--   kompetanse_owner   owns the tables and migrates them; never on the web
--   kompetanse_app     reads and writes rows under row level security, owns nothing
--   kompetanse_backup  reads every row of every municipality, writes nothing
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv backup_password BACKUP_PASSWORD
-- CREATEDB where tests make databases of their own, NOCREATEDB in production.
\getenv createdb OWNER_CREATEDB
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['kompetanse_owner', 'kompetanse_app', 'kompetanse_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE kompetanse_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS :createdb PASSWORD :'owner_password';
ALTER ROLE kompetanse_app LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOCREATEDB PASSWORD :'app_password';
ALTER ROLE kompetanse_backup LOGIN NOSUPERUSER NOCREATEROLE BYPASSRLS NOCREATEDB PASSWORD :'backup_password';
ALTER ROLE kompetanse_backup SET default_transaction_read_only = on;
GRANT pg_read_all_data TO kompetanse_backup;
-- Whoever makes databases for tests also ends the sessions in them, autovacuum's too, before they are dropped.
SELECT 'GRANT pg_signal_backend TO kompetanse_owner' WHERE :'createdb' = 'CREATEDB'
\gexec

SELECT 'CREATE DATABASE kompetanse OWNER kompetanse_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'kompetanse')
\gexec

-- What the owner makes, the app may use row by row. template1 too, so that databases made for tests are alike.
\connect template1
ALTER DEFAULT PRIVILEGES FOR ROLE kompetanse_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kompetanse_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kompetanse_owner GRANT USAGE, SELECT ON SEQUENCES TO kompetanse_app;
\connect kompetanse
ALTER DEFAULT PRIVILEGES FOR ROLE kompetanse_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kompetanse_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kompetanse_owner GRANT USAGE, SELECT ON SEQUENCES TO kompetanse_app;
