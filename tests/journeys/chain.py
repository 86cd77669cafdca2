"""One group's election in a browser, from "announced" to "concluded": each part of it a function."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.persons import Clock, Looks, Person, day, moment

GROUP = "oris"
WORK = f"office/cycles/2024/groups/{GROUP}/"
PUBLIC = f"/cycles/2024/groups/{GROUP}/"
VOTERS = 12
DAY = timedelta(days=1)
NAMES = ("Снегирёва Айгуль", "Дроздов Марат", "Синицына Роза")  # candidates; the first is public
PAPER = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


@dataclass
class Company:
    """Five people and more, each in a profile of their own, and the clock of all."""

    secretary: Person
    organiser: Person
    commission: tuple[Person, Person, Person]
    observer: Person
    visitor: Person
    clock: Clock

    def today(self) -> date:
        return self.clock.today()


def company(come: Callable[[str, int], Page], clock: Clock, looks: Looks) -> Company:
    """Everybody comes in by their door; `come` opens a browser and takes the door of that number."""
    member = "член Мандатной комиссии, Өріс"
    return Company(
        Person(come("Секретариат", 0), looks, at=WORK),
        Person(come("организатор, Өріс", 0), looks, at=WORK),
        (
            Person(come(member, 0), looks, at=WORK),
            Person(come(member, 1), looks, at=WORK),
            Person(come(member, 2), looks, at=WORK),
        ),
        Person(come("независимый наблюдатель, Өріс", 0), looks, at=WORK),
        Person(come("", 0), looks),
        clock,
    )


def missing(person: Person) -> int:
    return person.goes().locator("ol[aria-labelledby=next] li.task .mark.bad").count()


def move(person: Person) -> None:
    """By the button of the workspace, and once more on the page that asks."""
    person.goes().locator("main p.acts a.btn").first.click()
    person.sends()


def publish(organiser: Person, kind: str, where: str, channel: str, clock: Clock) -> None:
    """The text as Okil made it, the contact put in, saved, and noted where it was sent."""
    page = organiser.goes(f"notices/{kind}/write/")
    for box in page.locator("main textarea").all():
        box.fill(box.input_value().replace("____", "oris@okil.example"))
    organiser.sends(text_ru=page.locator("[name=text_ru]").input_value())
    open_newest_notice(organiser)
    note(organiser, where, channel, clock)


def open_newest_notice(organiser: Person) -> None:
    links = organiser.goes("notices/").locator("main a").evaluate_all("all => all.map(a => a.href)")
    numbers = [int(found[1]) for each in links if (found := re.search(r"/notices/(\d+)/$", each))]
    organiser.goes(f"notices/{max(numbers)}/")


def note(organiser: Person, where: str, channel: str, clock: Clock) -> None:
    at = clock.now().astimezone(clock.zone)
    organiser.sends(channel=channel, where=where, **moment("published_at", at))


# From "announced" to "registration"


def bind_everybody(people: Company) -> None:
    """The last commission member signs; until then nobody personal is opened, and nothing moves."""
    late = people.commission[2]
    late.goes("voters/")
    expect(late.page.locator("main form button[value=names]")).to_have_count(0)

    late.sends(
        "officers/undertakings/commissioner/no_interest/", organisation_kind="ngo", agreed="on"
    )
    late.sends("officers/undertakings/commissioner/confidentiality/", agreed="on")
    # The back button and a second click sign nothing twice.
    late.goes("officers/undertakings/commissioner/confidentiality/")
    expect(late.page.locator("main form button.btn")).to_have_count(0)
    late.goes("officers/")


def announce_registration(people: Company) -> None:
    """A chat alone is not enough; with a mailing it is, and everybody reads the notice."""
    organiser, visitor = people.organiser, people.visitor
    assert missing(organiser) > 0
    open_newest_notice(organiser)
    page = organiser.page
    expect(page.locator(".notice.is-warn")).to_have_count(1)
    note(organiser, "Рассылка группы", "email", people.clock)
    expect(page.locator(".notice.is-warn")).to_have_count(0)
    organiser.goes("notices/")

    for language in ("ru", "kk", "en"):
        visitor.language = language
        visitor.goes(PUBLIC + "notices/")
        visitor.goes("/cycles/2024/announcement/")
    visitor.language = "ru"

    people.clock.pass_to(people.clock.calendar.at(9, 11, 9), organiser.page)
    move(organiser)


# Registration


def register(people: Company) -> None:
    """A pasted list with a mistake is refused whole; put right, it is entered whole."""
    organiser, signed_on = people.organiser, people.today()
    lines = [
        f"; {name}; {region}; ; со слов; {signed_on:%d.%m.%Y}"
        for name, region in zip(
            _voters(), ("Алматы", "Астана", "Шымкент", "Алматы") * 3, strict=False
        )
    ]
    wrong = [lines[0].replace("Алматы", "Алмты"), *lines[1:]]
    organiser.is_refused("voters/list/", act="check", kind="person", text="\n".join(wrong))
    expect(organiser.page.get_by_role("alert")).to_have_count(1)
    organiser.sends(act="check", text="\n".join(lines))
    organiser.sends(act="confirm")
    organiser.goes("voters/")
    expect(organiser.page.locator("main table tbody tr th a")).to_have_count(VOTERS - 1)
    organiser.sends(
        "voters/new/",
        kind="person",
        name="",
        region="KZ-35",
        source="own_word",
        **day("consented_on", signed_on),
    )
    for name, more in zip(NAMES, _consents(), strict=True):
        said = {
            "place": "both",
            "name": name,
            "region": "KZ-71",
            "programme_ru": "Отчёт перед группой после каждого заседания.",
            "contact": "+7 700 000 00 00",
            **day("consented_on", signed_on),
            **day("signed_on", signed_on),
            **more,
        }
        organiser.sends("candidates/new/", act="enter", **said)
    organiser.goes("candidates/")
    organiser.goes("candidates/1/public/")


def _voters() -> list[str]:
    return [f"Избиратель {number}" for number in range(1, VOTERS)]


def _consents() -> tuple[dict[str, str], ...]:
    return (
        {"shows_name": "on", "shows_region": "on", "shows_programme": "on"},
        {"pseudonym": "Сарбұлақ"},
        {},
    )


def close(people: Company) -> None:
    organiser = people.organiser
    people.clock.pass_to(people.clock.calendar.at(9, 20, 18), organiser.page)
    organiser.sends("lists/close/")
    organiser.goes("lists/")
    publish(organiser, "registration_closed", "Рассылка группы", "email", people.clock)


def admit(people: Company) -> None:
    """Each votes without seeing the others; the decision is concluded when all have."""
    first = people.commission[0]
    numbers = " ".join(str(number) for number in range(1, VOTERS + 1))
    first.sends("voters/", act="accept", voter=numbers)
    for number in range(1, len(NAMES) + 1):
        for member in people.commission:
            page = member.goes(f"candidates/{number}/")
            expect(page.locator("main table .mark.ok", has_text="Условия")).to_have_count(0)
            member.sends(act="vote", vote="admit", reason="Условия выполнены.")
        first.sends(f"candidates/{number}/", act="conclude")
    first.goes("candidates/")
    people.observer.goes("candidates/")
    people.observer.goes("voters/")


def publish_candidates(people: Company) -> None:
    people.organiser.sends("lists/hand-over/")
    move(people.secretary)
    for language in ("ru", "kk", "en"):
        people.visitor.language = language
        page = people.visitor.goes(PUBLIC)
        expect(page.locator("main")).to_contain_text(NAMES[0])
        expect(page.locator("main")).to_contain_text("Сарбұлақ")
        for hidden in NAMES[1:]:
            expect(page.locator("main")).not_to_contain_text(hidden)
    people.visitor.language = "ru"


# The vote


def prepare_the_vote(people: Company) -> None:
    organiser, member, clock = people.organiser, people.commission[0], people.clock
    begins = clock.calendar.at(9, 26, 14).astimezone(clock.zone)
    organiser.sends(
        "assembly/plan/",
        place_ru="Дом дружбы, зал 2",
        place_kk="Достық үйі, 2-зал",
        place_en="House of Friendship, hall 2",
        **moment("begins_at", begins),
    )
    organiser.goes("assembly/")
    organiser.sends("assembly/", act="assembly/programme/")
    publish(organiser, "assembly", "Рассылка группы", "email", clock)
    organiser.sends(
        "gates/smallest-cell-known/",
        answer="5",
        made_by="Общее собрание группы",
        **day("made_on", people.today()),
    )
    member.sends(
        "ballots/lot/",
        both_1="2",
        both_2="3",
        both_3="1",
        witnesses="Наблюдатель, двое избирателей",
    )
    member.sends("ballots/", act="ballots/paper/")
    member.sends("ballots/printing/", papers="15", **day("printed_on", people.today()))
    member.goes("ballots/")
    member.sends("assembly/", names="yes")


def vote(people: Company, given: int = 11) -> None:
    """One paper for each number; whoever comes twice is told so."""
    organiser, clock = people.organiser, people.clock
    clock.pass_to(clock.calendar.at(9, 26, 9), organiser.page)
    move(people.commission[0])
    for number in range(1, given + 1):
        organiser.sends("desk/", number=str(number))
        organiser.sends(act="desk/paper/")
    organiser.sends("desk/", number="1")
    expect(organiser.page.locator("main .notice.is-warn")).to_have_count(1)
    organiser.sends("desk/", number="99")
    expect(organiser.page.locator("main .notice.is-bad")).to_have_count(1)
    people.observer.sends("officers/presence/", **day("day", people.today()))


def complain(people: Company) -> None:
    """Anybody may, without signing in; who took no part in the act decides."""
    _file(people.visitor)
    decides = people.commission[1]
    decides.goes("complaints/")
    decides.goes("complaints/1/")
    page = decides.goes("complaints/1/decision/")
    page.locator("[name=paper]").set_input_files(PAPER)  # type: ignore[arg-type]
    decides.sends(
        effect="none",
        reasons_ru="Стол отодвинули до первого избирателя.",
        reasons_kk="Үстел бірінші сайлаушыға дейін жылжытылды.",
        reasons_en="The table was moved before the first voter came.",
        made_by="Конфликтная комиссия",
        **day("made_on", people.today()),
    )
    people.visitor.goes(PUBLIC + "complaints/1/")


def _file(visitor: Person) -> None:
    page = visitor.goes(PUBLIC + "complaint/")
    page.locator("main [name=act][value='1-vote']").check()
    visitor.sends(by="voter", by_number="3", text="Стол для голосования стоял у прохода.")


# The count and the protocol


def count(people: Company) -> None:
    """Two count apart; what differs is put right by whose number was wrong, and the other agrees."""
    first, second, third = people.commission
    people.clock.pass_to(people.clock.calendar.at(9, 27, 18), first.page)
    move(first)
    box = {
        "issued": "11",
        "unused": "4",
        "found": "11",
        "both_wrongly_completed": "0",
        "both_late": "0",
    }
    first.sends("count/enter/", both_1="6", both_2="3", both_3="1", both_blank="1", **box)
    second.goes("count/")
    expect(second.page.locator("main table")).to_have_count(0)
    second.sends("count/enter/", both_1="5", both_2="4", both_3="1", both_blank="1", **box)
    first.goes("count/")
    second.sends("count/enter/", both_1="6", both_2="3")
    first.sends("count/agreement/", explanation="Два бюллетеня лежали не в той стопке.")
    third.goes("count/")
    third.goes("count/result/")
    people.observer.goes("count/")
    people.observer.sends("remarks/new/", text="Подсчёт видел от начала до конца.")


def sign(people: Company) -> None:
    first = people.commission[0]
    first.goes("protocol/")
    first.sends("protocol/draft/", act="language=ru")
    first.sends("protocol/new/")
    for person in (*people.commission, people.organiser):
        person.sends("protocol/1/sign/", kind="signed")
    first.goes("protocol/1/")
    people.observer.goes("protocol/")
    move(first)


# The package, the result, the seats


def submit(people: Company) -> None:
    people.organiser.sends("package/", act="package/make/")
    people.organiser.goes("package/")
    move(people.organiser)
    people.secretary.sends("package/1/check/")
    people.secretary.sends(answer="complete")
    people.secretary.goes("/office/cycles/2024/packages/")
    move(people.secretary)


def read_the_result(people: Company) -> None:
    for language in ("ru", "kk", "en"):
        people.visitor.language = language
        page = people.visitor.goes(PUBLIC + "results/")
        expect(page.locator("main")).to_contain_text(NAMES[0])
        for hidden in NAMES[1:]:
            expect(page.locator("main")).not_to_contain_text(hidden)
        people.visitor.goes(PUBLIC + "protocol/")
        people.visitor.goes("/cycles/2024/results/")
        people.visitor.goes(PUBLIC)
    people.visitor.language = "ru"


def conclude(people: Company) -> None:
    """The group is told, the elected sit, the term for complaints is over."""
    publish(people.organiser, "results", "Рассылка группы", "email", people.clock)
    people.secretary.goes("results/")
    people.secretary.sends("results/seats/")
    for _day in range(14):
        if people.secretary.goes().locator("main p.acts a.btn").count():
            break
        people.clock.pass_to(people.clock.now() + DAY, people.secretary.page)
    move(people.secretary)
    page = people.visitor.goes(PUBLIC)
    expect(page.locator("main h1, main .lead").first).to_be_visible()
    people.observer.goes("journal/")


PARTS: tuple[Callable[[Company], None], ...] = (
    bind_everybody, announce_registration, register, close, admit, publish_candidates,
    prepare_the_vote, vote, complain, count, sign, submit, read_the_result, conclude,
)  # fmt: skip
