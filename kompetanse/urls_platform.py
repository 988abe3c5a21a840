"""Pages outside any Kommune: the list of them, and the health of the system."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from kompetanse.kommuner import views
from kompetanse.skall.views import errors, public

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.platform, name="platform"),
    path("helse/", views.health, name="health"),
    path("plattform/", include("kompetanse.plattform.urls_operator")),
]
if settings.KOMPETANSE_DEMO:
    urlpatterns.append(path("demo/", include("demo.urls_platform")))
