"""Who is told what. Subjects say nothing that a glance at a phone may not see."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from okil.areas.bodies.models import FactorReset, Invitation
from okil.areas.bodies.wording import RESET_REASONS
from okil.foundation.accounts.links import make_link_token
from okil.foundation.accounts.models import User
from okil.foundation.notifications import Letter, register


def invitation_address(invitation: Invitation) -> str:
    """The link that turns the invitation into a role; nothing of it is stored."""
    token = make_link_token("invitation", invitation.pk, invitation.nonce)
    with override(invitation.user.language):
        return settings.SITE_ADDRESS + reverse("invitation", args=[token])


def _invitation(about: int, language: str, user: User) -> Letter:
    # Which role and which group stands behind the link, not in a mailbox others may look into.
    invitation = Invitation.objects.select_related("body", "user").get(pk=about)
    return Letter(
        subject=_("An invitation for you"),
        paragraphs=[
            _("You are invited to work on the elections of {body}.").format(
                body=invitation.body.name.in_language(language)
            ),
            _("The link works once and for two weeks. Opening it changes nothing yet."),
            _("If this is not for you, do nothing."),
        ],
        link=invitation_address(invitation),
        link_text=_("Look at the invitation"),
    )


def _second_factor_reset(about: int, language: str, user: User) -> Letter:
    reset = FactorReset.objects.get(pk=about)
    return Letter(
        subject=_("Your sign-in"),
        paragraphs=[
            _("Two officers have reset your second factor ({reason}).").format(
                reason=RESET_REASONS[reset.reason]
            ),
            _("All your sessions were ended. Sign in by e-mail and set up a new second factor."),
            _("If you did not ask for this, tell the Secretariat at once."),
        ],
        link=settings.SITE_ADDRESS + reverse("account_login"),
        link_text=_("Sign in"),
    )


register("bodies.invitation", _invitation)
register("bodies.second_factor_reset", _second_factor_reset)
