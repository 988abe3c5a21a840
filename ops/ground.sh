# Where this copy of the product keeps what it makes for itself, and how the scripts speak. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# LOKAL is the ground a run stands on: .lokal for demonstration and development, .lokal/test for `make test`.
LOKAL=${LOKAL:-$ROOT/.lokal}
VENV=$ROOT/.lokal/venv
SERVICE_USER=kompetanse

say() { printf '%s\n' "$*"; }

# One sentence in Norwegian, and out.
refuse() {
    printf '\nStoppet: %s\n' "$*" >&2
    exit 1
}

# Name of the user that services run as. PostgreSQL refuses to run as root, and the web should not: root hands
# the work to whoever owns the folder, or to a system user when root owns it too.
working_user() {
    local owner
    if [ "$(id -u)" -ne 0 ]; then
        id -un
    elif owner=$(stat -c %U "$ROOT") && [ "$owner" != root ] && [ "$owner" != UNKNOWN ]; then
        printf '%s\n' "$owner"
    else
        printf '%s\n' "$SERVICE_USER"
    fi
}

# Runs a command as that user; a plain call when that is already the one who asks.
as_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        setpriv --reuid="$(working_user)" --regid="$(id -g "$(working_user)")" --init-groups \
            env HOME="$ROOT/.lokal/home" "$@"
    fi
}

# Gives the first free port from the wished one upwards.
free_port() {
    local port=$1
    while port_taken "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
