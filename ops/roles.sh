#!/usr/bin/env bash
# Makes the database roles from passwords in the environment. PostgreSQL is the one that the PG* variables name;
# in Compose the database container runs this once, when its volume is new.
set -euo pipefail

psql --quiet --no-psqlrc --dbname="${PGDATABASE:-postgres}" --username="${PGUSER:-${POSTGRES_USER:-postgres}}" \
    --set=owner_password="${OWNER_PASSWORD:?}" \
    --set=app_password="${APP_PASSWORD:?}" \
    --set=backup_password="${BACKUP_PASSWORD:?}" \
    --set=createdb="${OWNER_CREATEDB:-NOCREATEDB}" \
    --file="${ROLES_SQL:-$(dirname "${BASH_SOURCE[0]}")/roles.sql}" >/dev/null
