"""The web process. It refuses to start on a database that is open between tenants.

gunicorn loads it once, before the workers are made (`--preload`): they share what is loaded, and
look for garbage neither in it nor after each few rows. That was 12–18 % of the front page.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 -- apps ready

import kompetanse.urls  # noqa: E402, F401 -- every page is loaded before the workers are made
from kompetanse.kommuner.catalogue import refuse_unless_closed  # noqa: E402 -- apps ready

# Made objects less thrown away, between two looks for garbage; Python's own is 700.
YOUNG = 20_000

refuse_unless_closed()
# A connection cannot be shared by processes.
connections.close_all()
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG)
