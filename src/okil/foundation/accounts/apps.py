from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "okil.foundation.accounts"
    label = "accounts"
