"""Ends with 0 when this container's own web answers at all, whatever it says of the rest.

An answer of 503 tells of a neighbour that is down; a restart of the web would not help.
"""

import contextlib
import sys
import urllib.error
import urllib.request

with contextlib.suppress(urllib.error.HTTPError):
    urllib.request.urlopen(sys.argv[1], timeout=8)  # noqa: S310
