# `. ops/env.sh` gives a shell the local values of .lokal/env and the tools of the virtual environment.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/ground.sh"
if [ ! -r "$LOKAL/env" ]; then
    say "Kjør «make setup» først: $LOKAL/env finnes ikke eller kan ikke leses." >&2
else
    set -a
    . "$LOKAL/env"
    set +a
    PATH=$VENV/bin:$PATH
    VIRTUAL_ENV=$VENV
    # Hypothesis would keep its finds beside the code, where the services' user may not write.
    HYPOTHESIS_STORAGE_DIRECTORY=$LOKAL/hypothesis
    export PATH VIRTUAL_ENV LOKAL HYPOTHESIS_STORAGE_DIRECTORY
fi
