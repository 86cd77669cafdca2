from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit.wording import register

REFUSALS = {
    "opened-for-another-purpose": _("Nothing is kept here for the purpose “{purpose}”."),
    "vault-key-destroyed": _("The key was destroyed: what it sealed cannot be opened any more."),
    "nothing-sealed-to-destroy": _("Nothing is sealed here for the purpose “{purpose}”."),
}

PURPOSES = {
    "officers": _("people with a role"),
    "candidates": _("candidates"),
    "roll": _("the voters' roll"),
    "protocol": _("protocols and packages"),
    "complaints": _("complaints"),
    "documents": _("papers"),
}


def purpose_name(purpose: str) -> object:
    return PURPOSES.get(purpose.partition(".")[0], purpose)


register(
    "vault.opened",
    _("Sealed data opened. Purpose: {purpose}; records: {count}."),
    purpose=purpose_name,
)
register(
    "vault.destroyed",
    _("Key destroyed, and with it all data sealed for: {purpose}."),
    purpose=purpose_name,
)
