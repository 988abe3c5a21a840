"""S3: a leader chooses which needs are solved inside and which are lifted."""

from kartlegging.models import Behov, Behovsskjema
from kartlegging.queries import behov as queries
from tests.kartlegging.skjemaet import behov_row, rows, url, version


def test_s3_the_leader_chooses_need_by_need_and_only_the_lifted_go_on(
    september, as_user, vidar, kristin, skjema, hjemmetjenesten
) -> None:
    leader = as_user(vidar)
    inside = behov_row(0, what="Sårstell for nye", is_lifted="False")
    lifted = behov_row(1, what="Palliasjon", is_lifted="True")
    leader.post(
        url(hjemmetjenesten, "mangler/"),
        rows(inside, lifted, version=version(leader, hjemmetjenesten, "mangler")),
    )
    assert dict(Behov.objects.values_list("what", "is_lifted")) == {
        "Sårstell for nye": False,
        "Palliasjon": True,
    }
    assert list(queries.lifted(2027)) == []

    Behovsskjema.objects.update(status="submitted", submitted_at=september, submitted_by=vidar)

    page = as_user(kristin).get("/lop/2027/").content.decode()
    assert [each.what for each in queries.lifted(2027)] == ["Palliasjon"]
    assert "Palliasjon" in page
    assert "Sårstell for nye" not in page
    form = leader.get(url(hjemmetjenesten)).content.decode()
    assert "Sårstell for nye" in form


def test_s3_a_need_cannot_be_sent_without_saying_where_it_is_solved(
    september, as_user, vidar, skjema, hjemmetjenesten
) -> None:
    leader = as_user(vidar)

    answer = leader.post(
        url(hjemmetjenesten, "mangler/"),
        rows(
            behov_row(0, what="Sårstell", is_lifted=""),
            version=version(leader, hjemmetjenesten, "mangler"),
        ),
    )

    assert answer.status_code == 422
    assert not Behov.objects.filter(what="Sårstell").exists()
