# Where this copy of the product keeps what it makes for itself, and how the scripts speak. Sourced, never run.
# shellcheck shell=bash disable=SC2034

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

make_user() {
    id "$(working_user)" >/dev/null 2>&1 \
        || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$SERVICE_USER"
}

# Runs a command as that user; a plain call when that is already the one who asks.
as_user() { (exec_as_user "$@"); }

exec_as_user() {
    local user
    user=$(working_user)
    [ "$user" != "$(id -un)" ] || exec "$@"
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups env HOME="$ROOT/.lokal/home" USER="$user" "$@"
}

# Gives the first free port from the wished one upwards.
free_port() {
    local port=$1
    while port_taken "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A folder that only root can read (a clone under /root, say) is of no use to the user that services run as:
# then root works in a copy that is renewed each time, with its own .lokal/ beside the new files.
within_reach() {
    local script=$1 copy
    shift
    [ "$(id -u)" -eq 0 ] || return 0
    make_user
    ! as_user test -r "$ROOT/$script" -a -r "$ROOT/manage.py" || return 0
    copy=/var/lib/kompetanse/$(basename "$ROOT")-$(printf '%s' "$ROOT" | cksum | cut -d ' ' -f 1)
    say "Mappen $ROOT kan bare leses av root, så alt kjøres fra kopien $copy."
    mkdir -p "$copy"
    find "$copy" -mindepth 1 -maxdepth 1 ! -name .lokal ! -name node_modules ! -name static -exec rm -rf {} +
    tar -C "$ROOT" --exclude=./.lokal --exclude=./node_modules --exclude=./static/vendor -c . | tar -C "$copy" -x
    chmod go+rx "$(dirname "$copy")" "$copy"
    find "$copy" -mindepth 1 -maxdepth 1 ! -name .lokal ! -name node_modules -exec chmod -R go+rX {} +
    cd "$copy" || exit
    exec "$script" "$@"
}
