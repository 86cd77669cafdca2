from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "okil.foundation.notifications"
    label = "notifications"
