from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "okil.areas.bodies"
    label = "bodies"

    def ready(self) -> None:
        from okil.areas.bodies import notices, wording  # noqa: F401 (they register themselves)
