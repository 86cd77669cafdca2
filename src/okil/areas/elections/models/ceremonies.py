"""The ceremonies before a secret online vote: the commission's key, the voters' codes.

All of it is made in browsers. What lies here is public, or sealed by its maker to somebody's browser.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from okil.areas.bodies.models import Role
from okil.areas.elections.models.stages import Round


class KeyCeremony(models.Model):
    """Key holders make a key together, any `threshold` of them open the count (section 5.3)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="key_ceremonies")
    uuid = models.CharField(max_length=30, unique=True)  # of the election that the key is for
    size = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)  # `trustees` is made and checked
    trustees = models.BinaryField(null=True)  # trustees.json
    given_up_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # why it was given up; no names

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(given_up_at__isnull=True),
                name="a_round_has_one_key_ceremony",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=1, threshold__lte=models.F("size")),
                name="no_more_are_needed_than_there_are",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, trustees__isnull=True)
                | Q(finished_at__isnull=False, trustees__isnull=False),
                name="a_finished_ceremony_has_its_key",
            ),
        ]


class KeyHolder(models.Model):
    """One member's part, round by round; JSON as the booth's tasks give it (`booth/tasks.js`).

    Kept as text: signatures are over it as it was written, and a database orders JSON anew.
    """

    ceremony = models.ForeignKey(KeyCeremony, models.PROTECT, related_name="holders")
    index = models.PositiveSmallIntegerField()  # from 1
    role = models.ForeignKey(Role, models.PROTECT, related_name="keys_held")
    certificate = models.TextField(null=True)
    polynomial = models.TextField(null=True)  # sealed to the member's own browser
    certified_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)  # the fingerprints, with the others, by voice
    share = models.TextField(null=True)  # its secrets are sealed to the others' browsers
    shared_at = models.DateTimeField(null=True)
    private_key = models.TextField(null=True)  # sealed to the member's own browser
    public_key = models.TextField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "index"], name="a_place_is_one_holders"),
            models.UniqueConstraint(fields=["ceremony", "role"], name="a_holder_has_one_place"),
        ]


class CodeList(models.Model):
    """The public credentials as the code-maker handed them in: shuffled, spares among the others."""

    ceremony = models.OneToOneField(KeyCeremony, models.PROTECT, related_name="code_list")
    maker = models.ForeignKey(Role, models.PROTECT, related_name="code_lists")
    content = models.BinaryField()  # public_creds.json
    codes = models.PositiveIntegerField()
    spares = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=44)
    made_at = models.DateTimeField()
