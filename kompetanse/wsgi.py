"""The web process. It refuses to start on a database that is open between tenants."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.settings")
application = get_wsgi_application()

from kompetanse.kommuner.catalogue import refuse_unless_closed  # noqa: E402 -- apps ready

refuse_unless_closed()
