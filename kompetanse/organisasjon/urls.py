from django.urls import path

from kompetanse.organisasjon.views import (
    ansatt,
    enhet,
    folk,
    habilitet,
    heltid,
    hjelp,
    innsyn,
    kategori,
    oppsett,
    rolle,
    stedfortreder,
)

app_name = "organisasjon"
urlpatterns = [
    path("folk/", folk.people, name="people"),
    path("innsyn/", innsyn.sessions, name="looks"),
    path("innsyn/avslutt/", innsyn.end_looking, name="end_looking"),
    path("innsyn/<int:pk>/", innsyn.look, name="look"),
    path("habilitet/", habilitet.declarations, name="habilitet"),
    path("habilitet/ny/<int:pk>/", habilitet.declare, name="declare_habilitet"),
    path("habilitet/<int:pk>/trekk/", habilitet.withdraw_declaration, name="withdraw_declaration"),
    path("roller/", rolle.roles, name="roles"),
    path("roller/ny/<int:pk>/", rolle.give_role, name="give_role"),
    path("roller/<int:pk>/avslutt/", rolle.end_role, name="end_role"),
    path("stedfortreder/", stedfortreder.deputies, name="deputies"),
    path("stedfortreder/<int:ansatt_id>/ny/", stedfortreder.choose_deputy, name="choose_deputy"),
    path("stedfortreder/<int:ansatt_id>/ny/<int:pk>/", stedfortreder.set_deputy, name="set_deputy"),
    path("stedfortreder/<int:pk>/avslutt/", stedfortreder.end_deputy, name="end_deputy"),
    path("hjelp/hvem-ser-hva/", hjelp.who_may, name="who_may"),
    # Units
    path("organisasjon/", enhet.index, name="units"),
    path("organisasjon/ny/", enhet.create, name="create_unit"),
    path("organisasjon/<int:enhet_id>/", enhet.unit, name="unit"),
    path("organisasjon/<int:enhet_id>/navn/", enhet.rename, name="rename_unit"),
    path("organisasjon/<int:enhet_id>/flytt/", enhet.move, name="move_unit"),
    path("organisasjon/<int:enhet_id>/avslutt/", enhet.close, name="close_unit"),
    path("organisasjon/<int:enhet_id>/gjenapne/", enhet.reopen, name="reopen_unit"),
    # People
    path("ansatt/<int:pk>/", ansatt.person, name="person"),
    path("ansatt/<int:pk>/permisjon/", ansatt.register_leave, name="register_leave"),
    path("permisjon/<int:permisjon_id>/endre/", ansatt.change_leave, name="change_leave"),
    path("permisjon/<int:permisjon_id>/slett/", ansatt.delete_leave, name="delete_leave"),
    # Positions
    path("heltidskultur/", heltid.index, name="fulltime"),
    path("heltidskultur/regneark/", heltid.workbook, name="fulltime_workbook"),
    path("stillingskategorier/", kategori.index, name="categories"),
    path("innstillinger/", oppsett.settings, name="settings"),
]
