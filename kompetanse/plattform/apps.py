from django.apps import AppConfig


class PlattformConfig(AppConfig):
    name = "kompetanse.plattform"
    verbose_name = "Plattform"
