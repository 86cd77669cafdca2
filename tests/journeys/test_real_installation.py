"""From `okil start` to a second person in a role: real mail, real second factors, a planted name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from okil.foundation.accounts.tests.given import code_for, code_in
from okil.foundation.notifications.tests.smtp_sink import Sink, part
from tests.journeys.conftest import Visitor
from tests.journeys.looks import serious_faults, sticks_out
from tests.journeys.served import Served, free_port, link_in, okil, serving
from tests.planting.hunter import find

pytestmark = pytest.mark.journey

SECRETARY = "secretary@okil.example"
ORGANISER = "organiser@okil.example"
NAMES = ["Клёнова Дина", "Ромашкина Алия"]


@dataclass
class Installation:
    served: Served
    sink: Sink
    invitation: str


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data: Path = tmp_path_factory.mktemp("installation")
    port, mail_port = free_port(), free_port()
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=mail_port)
    server.start()
    settings = {
        "OKIL_ADDRESS": f"http://localhost:{port}",
        "OKIL_MAIL": f"smtp://127.0.0.1:{mail_port}",
        "OKIL_MAIL_FROM": "letters@okil.example",
    }
    printed = okil(
        "start",
        "--name-ru=Комитет",
        "--name-kk=Комитет",
        "--languages=ru,kk",
        "--time-zone=Asia/Almaty",
        f"--secretariat={SECRETARY}",
        data=data,
        **settings,
    )
    with serving(["serve"], data=data, port=port, **settings) as served:
        yield Installation(served, sink, link_in(printed))
    server.stop()


def fill_decision(page: Page) -> None:
    today = datetime.now(ZoneInfo("Asia/Almaty")).date()
    page.locator("[name=made_by]").fill("Общее собрание")
    for name, value in (("0", today.day), ("1", today.month), ("2", today.year)):
        page.locator(f"[name=made_on_{name}]").fill(str(value))


def press_main(page: Page) -> None:
    page.locator("main form button.btn:not(.quiet)").last.click()


def set_up_app(page: Page) -> str:
    """The person scans the square; here the key is read from below it."""
    page.goto("/ru/account/app/")
    page.locator("summary").first.click()
    secret = page.locator("p.code").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(code_for(secret))
    press_main(page)
    return secret


def test_from_the_first_link_to_a_second_person_in_a_role(
    installation: Installation, visitor: Visitor
) -> None:
    served, sink = installation.served, installation.sink
    page = visitor(served, width=360)

    # The letter came too; a scanner that opens its link twice changes nothing.
    mailed = link_in(part(sink.wait_for(1), "plain"))
    for link in (mailed, mailed, installation.invitation):
        page.goto(link)
    assert sticks_out(page) == 0
    assert serious_faults(page) == []
    page.locator("[name=name]").fill(NAMES[0])
    press_main(page)

    # A second factor before anything else.
    page.goto("/ru/office/")
    assert "/account/second-factor/" in page.url
    assert serious_faults(page) == []
    secret = set_up_app(page)
    page.goto("/ru/office/")
    expect(page.locator("h1")).to_have_count(1)
    assert page.url.endswith("/ru/office/")

    # Both links worked once, together.
    for link in (mailed, installation.invitation):
        page.goto(link)
        expect(page.locator("[name=name]")).to_have_count(0)

    _a_group_and_a_cycle(page)
    _invite_an_organiser(page, sink)
    _the_organiser_comes(visitor(served), sink)
    _signs_in_again(visitor(served), sink, secret)


def _a_group_and_a_cycle(page: Page) -> None:
    page.goto("/ru/office/new-group/")
    for name, value in (
        ("code", "river"),
        ("internal_name_ru", "Сообщество у реки"),
        ("public_name_ru", "Арна"),
        ("public_name_kk", "Арна"),
        ("slug", "arna"),
        ("since_on_0", "1"),
        ("since_on_1", "1"),
        ("since_on_2", "2024"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=kind][value=community]").check()
    fill_decision(page)
    press_main(page)
    page.goto("/ru/office/cycles/new/")
    for name, value in (("term_begins_on", "2027"), ("term_ends_on", "2029")):
        for place, typed in (("0", "1"), ("1", "2"), ("2", value)):
            page.locator(f"[name={name}_{place}]").fill(typed)
    press_main(page)
    page.goto("/ru/office/")
    expect(page.locator("main a[href*='/office/cycles/2']").first).to_be_visible()


def _invite_an_organiser(page: Page, sink: Sink) -> None:
    before = len(sink.letters)
    page.goto("/ru/office/people/invite/")
    page.locator("[name=email]").fill(ORGANISER)
    page.locator("[name=name]").fill(NAMES[1])
    option = page.locator("[name=to] option", has_text="рганизатор").first
    page.locator("[name=to]").select_option(option.get_attribute("value"))
    fill_decision(page)
    press_main(page)
    letter = sink.wait_for(before + 1)
    assert sink.recipients[-1] == [ORGANISER]
    assert "Арна" not in part(letter, "plain") + str(letter["Subject"])


def _the_organiser_comes(page: Page, sink: Sink) -> None:
    page.goto(link_in(part(sink.letters[-1], "plain")))
    press_main(page)
    set_up_app(page)
    page.goto("/ru/office/")
    page.locator("table.groups a.go").first.click()
    expect(page.locator("ol.rows li.task").first).to_be_visible()
    assert serious_faults(page) == []


def _signs_in_again(page: Page, sink: Sink, secret: str) -> None:
    before = len(sink.letters)
    page.goto("/ru/office/")
    page.locator("[name=login], [name=email]").first.fill(SECRETARY)
    press_main(page)
    letter = sink.wait_for(before + 1)
    page.locator("[name=code]").fill(code_in(part(letter, "plain")))
    page.locator("main form button.btn").first.click()
    expect(page.locator("[name=code]")).to_be_visible()
    assert "/second-factor/" in page.url
    page.locator("[name=code]").fill(code_for(secret, steps=1))
    page.locator("main form button.btn").first.click()
    page.wait_for_url(re.compile("/office/"))


def test_a_passkey_opens_the_office(installation: Installation, visitor: Visitor) -> None:
    served, sink = installation.served, installation.sink
    page = visitor(served)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    before = len(sink.letters)
    okil_address = "second@okil.example"
    _secretary_invites(visitor, installation, okil_address)
    letter = sink.wait_for(before + 1)
    while sink.recipients[-1] != [okil_address]:
        letter = sink.wait_for(len(sink.letters) + 1)
    page.goto(link_in(part(letter, "plain")))
    page.locator("[name=name]").fill("Смородина Асель")
    press_main(page)
    page.goto("/ru/account/passkeys/add/")
    assert serious_faults(page) == []
    page.locator("main button.btn").first.click()
    page.wait_for_url(re.compile("/account/$|/office/$"))
    page.goto("/ru/office/")
    assert page.url.endswith("/ru/office/")


def _secretary_invites(visitor: Visitor, installation: Installation, address: str) -> None:
    printed = okil(
        "manage",
        "shell",
        "--no-imports",
        "-c",
        INVITE.format(address=address),
        data=installation.served.data,
        OKIL_ADDRESS=installation.served.address,
    )
    assert "invited" in printed


INVITE = """
from okil.areas.bodies.actions import people
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Body, Role
from okil.foundation.web.clock import clock
body = Body.objects.get()
actor = Role.objects.get(role="secretariat", ends_at=None).person.user
at = clock.now()
people.invite("secretariat", body=body, group=None, email="{address}", name="", language="ru",
    decision=DecisionFacts(made_by="Комитет", made_on=at.date()), actor=actor, at=at)
print("invited")
"""


def test_a_real_installation_has_no_doors(installation: Installation, visitor: Visitor) -> None:
    page = visitor(installation.served)
    for path in ("demonstration/", "style/"):
        answer = page.goto(f"/ru/{path}")
        assert answer is not None
        assert answer.status == 404
    expect(page.locator("aside.demo")).to_have_count(0)


def test_the_planted_names_are_nowhere_in_the_clear(installation: Installation) -> None:
    """After all of the above: database, its log of writes, what the server printed, every letter."""
    data = installation.served.data
    files = [path for path in data.rglob("*") if path.is_file() and path.suffix != ".js"]
    sources: dict[str, bytes | str] = {path.name: path.read_bytes() for path in files}
    sources |= {f"letter {i}": raw for i, raw in enumerate(installation.sink.raw)}

    assert "okil.sqlite3" in sources
    assert installation.sink.raw
    assert find(NAMES, sources) == []
