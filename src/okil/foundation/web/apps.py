from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "okil.foundation.web"
    label = "web"

    def ready(self) -> None:
        from okil.foundation.web import faults  # noqa: F401 (it registers itself)
