from django.apps import AppConfig


class BoothConfig(AppConfig):
    name = "okil.booth"
    label = "booth"
