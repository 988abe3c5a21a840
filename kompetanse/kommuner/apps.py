from django.apps import AppConfig


class KommunerConfig(AppConfig):
    name = "kompetanse.kommuner"
    verbose_name = "Kommuner"
