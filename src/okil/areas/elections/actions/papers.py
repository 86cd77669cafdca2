"""Reading papers of an election that name people: on the record, by those who may see what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.access import If
from okil.areas.elections import access
from okil.areas.elections.models import Election
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.documents.models import File
from okil.pure.refusal import Refused

# What the internal version of a kind shows. Of any other kind only who may read the whole dossier.
SHOWS: Mapping[str, str] = {
    "organiser-nomination": "officer_names",
    "commission-list": "officer_names",
    "observer-accreditation": "officer_names",
    "partner-letter": "officer_names",
    "commission-minutes": "commission_meetings",
    "voter-roll": "voter_application",
    "attendance-sheet": "voter_application",
    "candidate-list": "candidate_application",
    "admission-decision": "candidate_application",
    "candidate-application": "candidate_application",
    "results-protocol": "protocol_internal",
    "package-cover": "package",
}
DOSSIER = "dossier"
# An application is issued for whoever was elected, and for nobody else.
OF_THE_ELECTED = "candidate-application"


def shows(kind: str) -> str:
    return SHOWS.get(kind, DOSSIER)


def met_by(kind: str) -> tuple[If, ...]:
    """The condition that a paper of this kind meets for the Secretariat."""
    return (If.ELECTED,) if kind == OF_THE_ELECTED else ()


@transaction.atomic
def open_paper(file_id: int, *, election_id: int, actor: User, at: datetime) -> bytes:
    """A file of any paper of an election; an internal one on the record.

    Raises Refused: not-allowed, undertaking-missing.
    """
    election = Election.objects.select_related("cycle__body", "group__body").get(pk=election_id)
    file = File.objects.select_related("issued").get(
        pk=file_id, issued__vault_scope=f"election-{election.pk}"
    )
    if file.published_by_owner:
        return documents.open_published_file(file)
    kind = file.issued.kind
    acting = bodies_access.require(
        actor,
        "see",
        shows(kind),
        body=election.cycle.body,
        group=election.group,
        met=met_by(kind),
    )
    if acting.role != "secretariat" and not access.has_promised(acting, election):
        raise Refused("undertaking-missing")
    return documents.open_file(file, actor=acting, at=at, chapter=election.chapter)
