from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "okil.foundation.background"
    label = "background"
