"""Ends with 0 when the address answers at all, whatever it says of the rest: is this process alive?"""

import sys
import urllib.error
import urllib.request

try:
    urllib.request.urlopen(sys.argv[1], timeout=8)
except urllib.error.HTTPError:
    # An answer of 503 tells of a neighbour that is down; a restart of the web would not help.
    pass
