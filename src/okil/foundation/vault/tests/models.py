"""Two tables that exist only while the vault is tested."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from okil.foundation.vault.fields import KeyedHash, SealedBytes, SealedText


class Guest(models.Model):
    objects: ClassVar[models.Manager[Guest]] = models.Manager()

    list_number = models.IntegerField(default=0)
    party = models.IntegerField(default=1)
    name_hash = KeyedHash(of="name")
    name = SealedText(purpose="officers")
    phone = SealedText(purpose="officers", null=True)
    papers = SealedBytes(purpose="candidates", null=True)
    note = models.CharField(max_length=100, blank=True)  # not sealed: nothing personal belongs here

    published_by_owner = False

    class Meta:
        app_label = "vault_tests"

    @property
    def vault_scope(self) -> str:
        return f"body-{self.party}"


class Host(models.Model):
    """Keeps the same kind of text in the same scope, under another label."""

    objects: ClassVar[models.Manager[Host]] = models.Manager()

    name = SealedText(purpose="officers")
    nickname = SealedText(purpose="officers", null=True)

    vault_scope = "body-1"

    class Meta:
        app_label = "vault_tests"
