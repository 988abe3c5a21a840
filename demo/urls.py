from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("klokke/", views.move_clock, name="clock"),
    path("kollegene/", views.apply, name="apply"),
    path("post/", views.mail, name="mail"),
    path("bytt/", views.parts, name="parts"),
    path("logg-inn/<int:pk>/", views.be, name="be"),
]
