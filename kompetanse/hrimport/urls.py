from django.urls import path

from kompetanse.hrimport.views import delivery, runs, setup, wizard

app_name = "hrimport"
urlpatterns = [
    path("hr-import/", runs.list_runs, name="list"),
    path("hr-import/ny/", wizard.upload, name="upload"),
    path("hr-import/eksempel/", wizard.example_file, name="example"),
    path("hr-import/oppsett/", setup.setup, name="setup"),
    path("hr-import/nokkel/", setup.make_key, name="make_key"),
    path("hr-import/nokkel/<int:key_pk>/trekk/", setup.revoke_key, name="revoke_key"),
    path("hr-import/fil/", delivery.deliver, name="deliver"),
    path("hr-import/<int:pk>/", wizard.open_run, name="open"),
    path("hr-import/<int:pk>/kolonner/", wizard.columns, name="columns"),
    path("hr-import/<int:pk>/kontroll/", wizard.check, name="check"),
    path("hr-import/<int:pk>/kontroller/", wizard.check_again, name="check_again"),
    path("hr-import/<int:pk>/feil.<slug:form>", wizard.faulty_rows, name="faulty_rows"),
    path("hr-import/<int:pk>/bekreft/", wizard.confirm, name="confirm"),
    path("hr-import/<int:pk>/kvittering/", runs.receipt, name="receipt"),
    path("hr-import/<int:pk>/angre/", runs.undo, name="undo"),
    path("hr-import/<int:pk>/forkast/", runs.discard, name="discard"),
]
