"""When its time is over the internal version of a paper goes; what was published stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.documents.kinds import INTERNAL
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.opening import PURPOSE


@transaction.atomic
def forget_internal(
    scope: str, is_forgotten: Callable[[str], bool], *, actor: Actor, at: datetime
) -> int:
    """Part of an action: of papers of these kinds nobody can read the internal version any more, here or
    in a later backup, nor show what they committed to. Answers how many papers there were.

    Files that stay are sealed under a new key: the bytes of the others may outlive their rows.
    """
    papers = with_internal(scope)
    gone = [pk for pk, kind in papers if is_forgotten(kind)]
    if not gone:
        return 0
    File.objects.filter(issued__in=gone, audience=INTERNAL).delete()
    for issued in Issued.objects.filter(pk__in=gone).defer("public_facts"):
        issued.salt, issued.internal_facts = b"", b""
        issued.save(update_fields=["salt", "internal_facts"])
    vault.keep_only(
        scope,
        PURPOSE,
        [
            (Issued, Issued.objects.filter(vault_scope=scope).values_list("pk", flat=True)),
            (File, File.objects.filter(issued__vault_scope=scope).values_list("pk", flat=True)),
        ],
        actor=actor,
        at=at,
    )
    return len(gone)


def with_internal(scope: str) -> list[tuple[int, str]]:
    """The papers whose internal version is still there: key and kind."""
    kept = File.objects.filter(issued__vault_scope=scope, audience=INTERNAL).order_by("issued")
    return list(kept.values_list("issued", "issued__kind").distinct())
