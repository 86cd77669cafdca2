"""Somebody nominated who applies by the form, looks at everything, signs and withdraws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse

from tests.planting.askers import attached_by

if TYPE_CHECKING:
    from okil.areas.elections.models import Election

NOMINATED_BY = "Бересклетова Мария, собрание в Таразе"
BECAUSE = "Ей доверяют у нас все, спросите хоть Вязелеву."
SAID = {
    "place": "both",
    "name": "Таволгина Сауле",
    "region": "KZ-31",
    "contact": "+7 702 555 33 11",
    "experience": "Десять лет работаю рядом с Дудниковой.",
    "conflict": "Моя сестра Первоцветова получает субгрант.",
    "consent": "on",
    "once": "once",
}


def applied_themselves(election: Election) -> list[str]:
    """What opens the nomination and the application: the letters, as they are shown."""
    from okil.areas.elections.actions import applications as actions
    from okil.areas.elections.tests.given import applications as given
    from okil.foundation.web.clock import clock
    from okil.pure.rules.tickets import read_ticket

    where = [election.cycle.year, election.group.slug]
    nominating = {"place": "both", "by": NOMINATED_BY, "reason": BECAUSE, "once": "once"}
    secret = _shown(Client().post(reverse("nominate", args=where), nominating).content)
    assert Client().post(reverse("nomination"), {"secret": secret}).status_code == 200

    form = reverse("apply", args=where)
    for act, status in (("begin", 200), ("preview", 200), ("check", 200), ("apply", 422)):
        wrong = {"region": "KZ-00"} if act == "apply" else {}
        said = {**SAID, **wrong, "act": act, "nomination": secret}
        assert Client().post(form, said).status_code == status
    ticket = _shown(Client().post(form, {**SAID, "nomination": secret}).content)
    for act in ("", "open", "print", "copy", "correct", "sign", "consents", "tea"):
        assert Client().post(reverse("my"), {"ticket": ticket, "act": act}).status_code == 200

    attached_by(ticket)
    at = clock.now()
    for act in ("sign", "withdraw"):
        code = given.a_code()
        actions.ask_code(read_ticket(ticket), act=act, code=code, at=at)
        confirmed = {"ticket": ticket, "act": "confirm", "code": code}
        assert Client().post(reverse("my"), confirmed).status_code == 200
    return [secret, ticket, read_ticket(ticket)]


def _shown(page: bytes) -> str:
    (shown,) = re.findall(r'class="tracker">([^<]+)<', page.decode())
    return str(shown)
