"""Pages of a Kommune. The Kommune itself is taken off the path by TenantMiddleware."""

from django.conf import settings
from django.urls import include, path

from kompetanse.skall.views import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", include("kompetanse.skall.urls")),
    path("konto/", include("kompetanse.innlogging.urls_account")),
    path("", include("kompetanse.organisasjon.urls")),
    path("", include("kompetanse.innlogging.urls")),
    path("", include("kompetanse.varsler.urls")),
    path("", include("kompetanse.personvern.urls")),
    path("", include("kompetanse.plattform.urls")),
    path("", include("kompetanse.hrimport.urls")),
    path("", include("planer.urls")),
    path("", include("kartlegging.urls")),
    path("", include("soknader.urls")),
    path("", include("rapporter.urls")),
]
if settings.KOMPETANSE_DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
