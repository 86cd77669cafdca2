from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "okil.areas.elections"
    label = "elections"

    def ready(self) -> None:
        # They register themselves.
        from okil.areas.elections import documents, notices, tasks, wording  # noqa: F401
