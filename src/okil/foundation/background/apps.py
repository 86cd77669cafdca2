from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "okil.foundation.background"
    label = "background"

    def ready(self) -> None:
        import_module("okil.foundation.background.tasks")  # registers its regular work
