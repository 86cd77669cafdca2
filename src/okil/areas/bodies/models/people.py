"""People, and the roles they hold as dated facts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models.bodies import Body, Decision
from okil.areas.bodies.models.groups import ElectoralGroup
from okil.foundation.vault import KeyedHash, SealedText


class Person(models.Model):
    """Known by number everywhere; the name is sealed and opened with a purpose, on the record."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="people")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person"
    )
    number = models.PositiveIntegerField()
    name_key = KeyedHash(of="name")
    name = SealedText(purpose="officers")
    name_latin = SealedText(purpose="officers", null=True)
    organisation = models.CharField(max_length=200, blank=True)  # an organisation is no person
    name_published_at = models.DateTimeField(null=True)  # the owner's own consent, withdrawable

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="a_person_has_one_number"),
        ]

    @property
    def vault_scope(self) -> str:
        return f"body-{self.body_id}"

    @property
    def published_by_owner(self) -> bool:
        return self.name_published_at is not None


class RoleName(models.TextChoices):
    """Roles that are given. Candidate and voter come from applications, the public from nobody."""

    SECRETARIAT = "secretariat"
    ORGANISER = "organiser"
    COMMISSIONER = "commissioner"
    CODE_MAKER = "code_maker"
    OBSERVER = "observer"
    PARTNER = "partner"
    ADVISER = "adviser"


BODY_WIDE_ROLES = (RoleName.SECRETARIAT, RoleName.PARTNER, RoleName.ADVISER)


class Role(models.Model):
    """Person, role, body or group, from, to, given by which decision."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleName)
    body = models.ForeignKey(Body, models.PROTECT, related_name="roles")
    group = models.ForeignKey(ElectoralGroup, models.PROTECT, null=True, related_name="roles")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Decision, models.PROTECT, related_name="roles_given")
    ended_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="roles_ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")),
                name="a_role_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(role__in=BODY_WIDE_ROLES, group__isnull=True)
                | ~Q(role__in=BODY_WIDE_ROLES) & Q(group__isnull=False),
                name="a_role_belongs_to_the_body_or_to_a_group",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ended_by__isnull=False),
                name="a_role_ends_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "group"],
                condition=Q(ends_at__isnull=True),
                name="a_person_holds_a_role_in_a_group_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ends_at__isnull=True, group__isnull=True),
                name="a_person_holds_a_role_in_the_body_once",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(ends_at__isnull=True, role="organiser"),
                name="a_group_has_one_organiser",
            ),
        ]


class Invitation(models.Model):
    """A link to somebody's mailbox that turns into a role once, by a press of a button."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=RoleName)
    group = models.ForeignKey(ElectoralGroup, models.PROTECT, null=True, related_name="+")
    name_key = KeyedHash(of="name")
    name = SealedText(purpose="officers")
    organisation = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    replaces = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+")
    nonce = models.CharField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    became = models.OneToOneField(Role, models.PROTECT, null=True, related_name="invitation")

    @property
    def vault_scope(self) -> str:
        return f"body-{self.body_id}"


class FactorReset(models.Model):
    """A lost second factor: one officer asks, another agrees, then the person sets up a new one."""

    class Reason(models.TextChoices):  # choices, not words: words would tell about the person
        LOST = "lost"
        BROKEN = "broken"
        REPLACED = "replaced"

    person = models.ForeignKey(Person, models.PROTECT, related_name="factor_resets")
    reason = models.CharField(max_length=10, choices=Reason)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="two_officers_reset_a_factor",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(agreed_at__isnull=True, refused_at__isnull=True),
                name="one_open_reset_for_a_person",
            ),
        ]
