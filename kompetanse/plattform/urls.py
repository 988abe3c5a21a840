"""What those who run the platform mean to one Kommune: the way in, support, region."""

from django.urls import path

from kompetanse.plattform.views import region, stotte, velkomst

app_name = "plattform"
urlpatterns = [
    path("velkommen/<str:token>/", velkomst.accept, name="accept"),
    path("innsyn-fra-driften/", stotte.support, name="support"),
    path("innsyn-fra-driften/valg/", stotte.choose, name="choose_support"),
    path("innsyn-fra-driften/ut/", stotte.leave, name="leave_support"),
    path("innsyn-fra-driften/<int:pk>/ja/", stotte.allow, name="allow_support"),
    path("innsyn-fra-driften/<int:pk>/nei/", stotte.refuse, name="refuse_support"),
    path("innsyn-fra-driften/<int:pk>/stopp/", stotte.stop, name="stop_support"),
    path("region/", region.region, name="region"),
    path("region/kontakt/", region.contact, name="region_contact"),
    path("region/publiser/", region.publish, name="publish_region"),
]
