#!/usr/bin/env bash
# Makes the database roles from passwords in the environment, in the PostgreSQL that the PG* variables name. In Compose
# the database container runs this once, when its volume is new.
set -euo pipefail

: "${OWNER_PASSWORD:?}" "${APP_PASSWORD:?}" "${BACKUP_PASSWORD:?}"
export OWNER_CREATEDB=${OWNER_CREATEDB:-NOCREATEDB}
psql --quiet --no-psqlrc --username="${PGUSER:-${POSTGRES_USER:-postgres}}" --dbname="${PGDATABASE:-postgres}" \
    --file="${ROLES_SQL:-$(dirname "${BASH_SOURCE[0]}")/roles.sql}" >/dev/null
