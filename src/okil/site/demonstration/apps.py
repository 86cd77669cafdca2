from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "okil.site.demonstration"
    label = "demonstration"
