from __future__ import annotations

from django.db import models
from django.db.models import Q


class VaultKey(models.Model):
    """The key of one scope and purpose, sealed under the installation's key.

    A destroyed key leaves its row, so that nobody makes a second one under the same name by mistake.
    """

    # By chance, not by counting: a number whose transaction was rolled back never comes again.
    id = models.BigIntegerField(primary_key=True)
    scope = models.CharField(max_length=60)
    purpose = models.CharField(max_length=30)
    sealed_key = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "purpose"], name="vault_one_key_per_scope_and_purpose"
            ),
            models.CheckConstraint(
                condition=Q(sealed_key__isnull=True, destroyed_at__isnull=False)
                | Q(sealed_key__isnull=False, destroyed_at__isnull=True),
                name="vault_key_is_kept_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.purpose}"


class VaultProbe(models.Model):
    """One sealed row by which a wrong installation key is recognised before anything is sealed."""

    id = models.SmallIntegerField(primary_key=True)
    fingerprint = models.CharField(max_length=8)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="vault_has_one_probe"),
        ]

    def __str__(self) -> str:
        return self.fingerprint
