from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "okil.foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        import_module("okil.foundation.notifications.tasks")  # registers what delivers
