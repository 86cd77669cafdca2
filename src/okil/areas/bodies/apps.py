from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "okil.areas.bodies"
    label = "bodies"
