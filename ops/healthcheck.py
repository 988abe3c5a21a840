"""Ends with 0 when a container is well: `healthcheck.py web`, `healthcheck.py worker|beat`.

The web is well when it answers at all; an answer of 503 tells of a neighbour, and a restart of the
web would not help. Worker and beat are well when `/helse/` has heard from them.
"""

import json
import sys
import urllib.error
import urllib.request


def ask(host: str) -> bytes:
    """Ask by a name that every installation answers to."""
    address = f"http://{host}:8000/helse/"
    request = urllib.request.Request(address, headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.read()


def is_well(name: str) -> bool:
    if name == "web":
        return bool(ask("localhost"))
    return bool(json.loads(ask("web"))["deler"][name]["ok"])


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1]) else 1)
