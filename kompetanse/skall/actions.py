"""What a person can change about the shell: the language of their pages."""

from django.db import transaction

from kompetanse.organisasjon.models import Ansatt


@transaction.atomic
def choose_language(*, language: str, by: Ansatt) -> None:
    """Let the person's pages be in `nb` or `nn`; empty follows the Kommune.

    Not audited: it concerns nobody else.
    """
    if by.bruker is not None:
        by.bruker.language = language
        by.bruker.save(update_fields=["language"])
