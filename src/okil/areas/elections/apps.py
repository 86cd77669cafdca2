from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "okil.areas.elections"
    label = "elections"

    def ready(self) -> None:
        from okil.areas.elections import documents, wording  # noqa: F401 (they register themselves)
