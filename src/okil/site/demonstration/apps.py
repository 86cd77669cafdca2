from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "okil.site.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        from okil.foundation.web.clock import clock
        from okil.site.demonstration.doors import demonstration_now

        clock.set_source(demonstration_now)
