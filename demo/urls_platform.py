"""The demonstration's pages outside any Kommune: its clock and mail, and to be the operator."""

from django.urls import path

from demo import views
from demo.urls import urlpatterns as of_kommune

app_name = "demo"
urlpatterns = [*of_kommune, path("drift/", views.run, name="run")]
