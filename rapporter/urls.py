from django.urls import path

from rapporter.views import dokumenter, fordeling, tilskudd

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
    path("tilskudd/<int:pk>/svar/", fordeling.answer, name="answer"),
    path("tilskudd/<int:pk>/fordeling/", fordeling.distribution, name="distribution"),
    path("tilskudd/<int:pk>/fordeling/gi/", fordeling.distribute, name="distribute"),
    path("tilskudd/<int:pk>/fordeling/etter-linjene/", fordeling.follow_lines, name="follow_lines"),
    path(
        "tilskudd/<int:pk>/fordeling/<int:post_pk>/ta-tilbake/",
        fordeling.take_back,
        name="take_back",
    ),
    path("tilskudd/<int:pk>/fordeling/legg-fram/", fordeling.propose, name="propose"),
    path("tilskudd/<int:pk>/fordeling/send-tilbake/", fordeling.send_back, name="send_back"),
    path("tilskudd/<int:pk>/fordeling/godkjenn/", fordeling.approve, name="approve"),
    path("tilskudd/<int:pk>/fordeling.pdf", fordeling.distribution_pdf, name="distribution_pdf"),
    path("tilskudd/<int:pk>/fordeling.xlsx", fordeling.distribution_xlsx, name="distribution_xlsx"),
]
