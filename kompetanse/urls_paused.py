"""The only page of a Kommune that is paused, at all of its addresses."""

from django.urls import re_path

from kompetanse.skall.views import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [re_path(r"", errors.paused)]
