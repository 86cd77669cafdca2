from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "okil.foundation.vault"
    label = "vault"
