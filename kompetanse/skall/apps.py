from django.apps import AppConfig


class SkallConfig(AppConfig):
    name = "kompetanse.skall"
    verbose_name = "Skall"
