from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "okil.areas.elections"
    label = "elections"

    def ready(self) -> None:
        from okil.areas.elections import wording  # noqa: F401 (it registers itself)
