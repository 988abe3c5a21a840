from django.apps import AppConfig


class VarslerConfig(AppConfig):
    name = "kompetanse.varsler"
    verbose_name = "Varsler"
