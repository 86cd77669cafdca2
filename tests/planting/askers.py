"""What a candidate attaches, and what voters ask one: papers, a photo, questions that nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from okil.areas.elections.models import Election

QUESTIONS = (
    "Правда ли, что вы давно знакомы с Гладиолусовой?",
    "Кто из ваших живёт на улице Пионовой, дом семь?",
)
PAPER = b"%PDF-1.4 " + "Рекомендация: Мальвина Хризантемова".encode()


def attached_by(ticket: str) -> None:
    """A paper and a photo, each refused once, kept, and taken along."""
    from okil.areas.elections.tests.given.candidate_papers import picture

    for act, content in (("paper", PAPER), ("photo", picture())):
        for said, status in ((b"PK", 422), (content, 200)):
            file = SimpleUploadedFile("Хризантемова.pdf", said)
            sent = {"ticket": ticket, "act": act, "row": "1", "paper": file}
            assert Client().post(reverse("my"), sent).status_code == status
        taken = {"ticket": ticket, "act": f"{act}-open", "row": "1"}
        assert Client().post(reverse("my"), taken).status_code == 200


def asked_by(ticket: str, election: Election) -> list[str]:
    """Two questions to the first on the list, who declines one and leaves the other. Answers that
    candidate's ticket."""
    from okil.areas.elections.queries.candidate_questions import on_the_list
    from okil.areas.elections.tests import given
    from okil.areas.elections.tests.given import applications
    from okil.areas.elections.tests.given.candidate_questions import ASKED_AT

    given.it_is(ASKED_AT)
    candidate = on_the_list(given.round_of(election))[0]
    for text in QUESTIONS:
        said = {"ticket": ticket, "act": "ask-send", "text": text}
        assert Client().post(reverse("my"), said).status_code == 422
        sent = Client().post(reverse("my"), {**said, "candidate": str(candidate.number)})
        assert sent.status_code == 200
    asked = applications.ticket_for(candidate).ticket
    for act, status in (("", 200), ("questions", 200), ("answer", 422), ("decline", 200)):
        said = {"ticket": asked, "act": act, "number": "1", "answer": ""}
        assert Client().post(reverse("my"), said).status_code == status
    return [asked]


def checked_by_the_commission(election: Election) -> None:
    """What the commission found out on one condition, of the first who applied."""
    from okil.areas.elections.actions.admission import check_criterion
    from okil.areas.elections.tests import given
    from okil.areas.elections.tests.given.candidates import ENTERED_AT

    check_criterion(
        given.round_of(election).candidates.order_by("number")[0].pk,
        criterion="of_the_group",
        state="met",
        basis="Спросили у Анемоновой, она знает её давно.",
        due_on=None,
        actor=given.commissioner_of(election),
        at=ENTERED_AT,
    )
