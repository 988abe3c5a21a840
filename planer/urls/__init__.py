"""Pages of plans, measures, the wheel, courses, meetings and networks: one file for each noun."""

from planer.urls import (
    arrangement,
    arshjul,
    evaluering,
    handlingsplan,
    horing,
    introduksjon,
    langplan,
    mote,
    nettverk,
    opplaring,
    strategi,
    utgave,
)

app_name = "planer"
urlpatterns = [
    *strategi.urlpatterns,
    *arshjul.urlpatterns,
    *opplaring.urlpatterns,
    *utgave.urlpatterns,
    *horing.urlpatterns,
    *langplan.urlpatterns,
    *evaluering.urlpatterns,
    *arrangement.urlpatterns,
    *handlingsplan.urlpatterns,
    *introduksjon.urlpatterns,
    *mote.urlpatterns,
    *nettverk.urlpatterns,
]
