from django.urls import path

from rapporter.views import dokumenter, tilskudd

app_name = "rapporter"
urlpatterns = [
    path("dokumenter/", dokumenter.list_documents, name="documents"),
    path("tilskudd/", tilskudd.list_grants, name="grants"),
    path("tilskudd/ordning/<int:pk>/start/", tilskudd.begin, name="begin"),
    path("tilskudd/<int:pk>/", tilskudd.detail, name="grant"),
    path("tilskudd/<int:pk>/soker/", tilskudd.head, name="head"),
    path("tilskudd/<int:pk>/tiltak/", tilskudd.choose, name="choose"),
    path("tilskudd/<int:pk>/linje/<int:linje_pk>/", tilskudd.line, name="line"),
    path("tilskudd/<int:pk>/linje/<int:linje_pk>/plass/", tilskudd.place, name="place"),
    path("tilskudd/<int:pk>/linje/<int:linje_pk>/ta-ut/", tilskudd.take_out, name="take_out"),
    path("tilskudd/<int:pk>/send/", tilskudd.send, name="send"),
    path("tilskudd/<int:pk>/soknad.pdf", tilskudd.pdf, name="pdf"),
    path("tilskudd/<int:pk>/soknad.xlsx", tilskudd.xlsx, name="xlsx"),
]
