from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "okil.foundation.documents"
    label = "documents"
