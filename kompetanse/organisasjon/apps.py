from django.apps import AppConfig


class OrganisasjonConfig(AppConfig):
    name = "kompetanse.organisasjon"
    verbose_name = "Organisasjon"
