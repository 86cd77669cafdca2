"""What the journal says about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit.wording import register

FACTORS = {"totp": _("authenticator app"), "webauthn": _("passkey")}

register("second_factor.added", _("Second factor set up: {kind}."), kind=FACTORS.__getitem__)
register("second_factor.removed", _("Second factor removed: {kind}."), kind=FACTORS.__getitem__)
