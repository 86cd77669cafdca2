from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "okil.areas.elections"
    label = "elections"
