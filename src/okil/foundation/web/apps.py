from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "okil.foundation.web"
    label = "web"
