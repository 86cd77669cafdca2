"""Where an election stands: rounds, moves, answers to gates, dates and their changes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from okil.areas.bodies.models import Decision, ElectoralGroup
from okil.areas.elections.models.cycles import Cycle
from okil.foundation.web.languages import TextsField
from okil.pure.rules.stages import NEXT, RoundKind, State

STATES = [(state.value, state.value) for state in State]
KINDS = [(kind.value, kind.value) for kind in RoundKind]


class Election(models.Model):
    """One group's election in one cycle."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="elections")
    group = models.ForeignKey(ElectoralGroup, models.PROTECT, related_name="elections")
    commission_name = TextsField(default=dict)  # what the group calls its commission (1.18)
    organiser_enabled = TextsField(default=dict)  # how it lets the organiser work (1.16)
    channel = TextsField(default=dict)  # how organiser and commission reach each other (1.14, 1.22)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "group"], name="a_group_has_one_election_in_a_cycle"
            ),
        ]

    @property
    def chapter(self) -> str:
        return f"election-{self.pk}"


class Round(models.Model):
    """An election goes through its states in a round; a repeat vote or second round is a new one."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS, default=RoundKind.FIRST.value)
    state = models.CharField(max_length=24, choices=STATES, default=State.PREPARATION.value)
    state_since = models.DateTimeField()
    has_own_dates = models.BooleanField(default=False)  # the group set them: common ones stay away
    opened_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    annulled_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    # No column: `queries.registration_round` keeps its answer here, for it never changes.
    registered_in: Round | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "number"], name="a_round_has_its_own_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="there_are_ten_states"
            ),
            models.CheckConstraint(
                condition=Q(annulled_at__isnull=True) | Q(annulled_by__isnull=False),
                name="a_round_is_annulled_by_a_decision",
            ),
        ]


class Move(models.Model):
    """One step from state to state. The constraints hold even against our own code."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=24, choices=STATES)
    to_state = models.CharField(max_length=24, choices=STATES)
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    person_number = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "to_state"], name="a_round_enters_a_state_once"
            ),
            models.CheckConstraint(
                # From each state there is one way on: no state is skipped, none is returned to.
                condition=Q(
                    *[
                        Q(from_state=here.value, to_state=there.value)
                        for here, there in NEXT.items()
                    ],
                    _connector=Q.OR,
                ),
                name="a_move_goes_one_state_on",
            ),
        ]


class GateAnswer(models.Model):
    """What the regulation leaves open is answered for this case by a decision of the group."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="answers")
    gate = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    role = models.CharField(max_length=20)
    person_number = models.PositiveIntegerField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "gate"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_gate_is_answered_once",
            ),
        ]


class StageDates(models.Model):
    """A round's own dates of a stage."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="dates")
    stage = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    is_extended = models.BooleanField(default=False)

    class Meta:
        ordering = ["stage"]
        constraints = [
            models.UniqueConstraint(fields=["round", "stage"], name="a_round_dates_a_stage_once"),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                name="a_rounds_stage_ends_after_it_began",
            ),
        ]


class Extension(models.Model):
    """A changed date with its published reason."""

    dates = models.ForeignKey(StageDates, models.PROTECT, related_name="extensions")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = TextsField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")), name="an_extension_goes_forward"
            ),
        ]


class Suspension(models.Model):
    """While it is not lifted, nothing moves."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="suspensions")
    since = models.DateTimeField()
    reason = TextsField()  # public, in the words of the decision; no names
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(lifted_at__isnull=True),
                name="an_election_is_suspended_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_by__isnull=False),
                name="a_suspension_is_lifted_by_a_decision",
            ),
        ]
