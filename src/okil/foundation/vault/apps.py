from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "okil.foundation.vault"
    label = "vault"

    def ready(self) -> None:
        import_module("okil.foundation.vault.wording")
        keys = import_module("okil.foundation.vault.keys")
        # A database that was emptied and laid out anew has other keys.
        post_migrate.connect(keys.forget, dispatch_uid="vault.forget")
