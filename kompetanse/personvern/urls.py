from django.urls import path

from kompetanse.personvern.views import hendelser, mine, sletting

app_name = "personvern"
urlpatterns = [
    path("hendelser/", hendelser.events, name="events"),
    path("hendelser/hent/<slug:form>/", hendelser.export, name="export_events"),
    path("mine-data/", mine.mine, name="mine"),
    path("mine-data/json/", mine.as_json, name="mine_json"),
    path("mine-data/pdf/", mine.as_pdf, name="mine_pdf"),
    path("mine-data/pakke/", mine.pack, name="pack"),
    path("mine-data/slett-meg/", mine.ask, name="ask_erasure"),
    path("mine-data/filer/", mine.made, name="files"),
    path("mine-data/filer/<int:pk>/", mine.download, name="download_file"),
    path("sletting/", sletting.overview, name="erasure"),
    path("sletting/lagringstid/", sletting.retention, name="retention"),
    path("sletting/behandling/", sletting.protocol, name="protocol"),
    path("sletting/<int:pk>/", sletting.person, name="erasure_person"),
    path("sletting/<int:pk>/hold/", sletting.hold, name="hold_erasure"),
    path("sletting/<int:pk>/slipp/", sletting.let_go, name="let_go_erasure"),
    path("sletting/<int:pk>/avsla/", sletting.refuse, name="refuse_erasure"),
    path("sletting/<int:pk>/slett/", sletting.erase_now, name="erase_now"),
]
