from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "okil.foundation.audit"
    label = "audit"
