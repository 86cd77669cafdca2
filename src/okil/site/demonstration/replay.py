"""Plays the scripts: every step by the person whose step it is, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from okil.areas.bodies.actions import memberships, people
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Invitation, RoleName
from okil.areas.elections.actions import regulations, stages
from okil.areas.elections.models import Cycle, Election
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import BY_CODE, GATES, MOVER, Answer, RoundKind, Stage, State
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.scripts import Script

Step = tuple[datetime, Callable[[], object]]

ASSEMBLY = "Общее собрание группы"
COMPLAINTS_BODY = "Конфликтная комиссия комитета"
ORGANISATIONS = (
    "Фонд «Ақ қайың»",
    "Центр «Можжевельник»",
    "Проект «Тал»",
    "Общество «Жусан»",
    "Институт «Шалфей»",
)
SURNAMES = (
    "Брусникина", "Клюквина", "Морошкина", "Черникин", "Голубикин", "Рябинина", "Калинин",
    "Малинин", "Ежевикина", "Крыжовникова", "Облепихин", "Боярышникова", "Шиповников",
    "Кизилова", "Барбарисова", "Жимолостев", "Иргина", "Терновников", "Лещинина", "Вишнёва",
    "Черешнева", "Сливин", "Яблоков", "Грушева", "Айвазин", "Рожков", "Овсянникова", "Гречкин",
    "Льнова", "Коноплин", "Хмелева", "Мятин", "Душицына", "Тимьянова", "Укропов", "Петрушкина",
)  # fmt: skip
WOMEN = ("Асель", "Дина", "Вера", "Сауле", "Ольга", "Жанар", "Гульмира")
MEN = ("Тимур", "Арман", "Олег", "Данияр", "Ерлан", "Сергей", "Пётр")
# The smallest file that is a PDF by its first bytes: the demonstration attaches no real papers.
PAPER = b"%PDF-1.4\n% Demonstration: an attached decision would stand here.\n%%EOF\n"
EXTENDED_BECAUSE = {
    "ru": "К сроку поступила заявка только одного кандидата на два места.",
    "kk": "Мерзімге қарай екі орынға бір ғана кандидаттың өтінімі түсті.",
    "en": "By the deadline there was one candidate for two places.",
}


class Replay:
    def __init__(
        self,
        cycle: Cycle,
        secretary: User,
        calendar: Calendar,
        persons: list[dict[str, Any]],
        scripts: dict[str, Script],
    ) -> None:
        self.cycle = cycle
        self.secretary = secretary
        self.calendar = calendar
        self.organisers = [row for row in persons if row["id"] in ORGANISERS]
        self.scripts = scripts
        self.names = iter(
            f"{surname} {(WOMEN if surname.endswith('а') else MEN)[place % len(MEN)]}"
            for place, surname in enumerate(SURNAMES)
        )
        self.users: dict[tuple[str, str], list[User]] = {}

    def run(self) -> None:
        """All steps of all groups, sorted by their moments, so that the journal tells one story."""
        self._invite_colleague()
        steps: list[Step] = []
        for place, (slug, script) in enumerate(sorted(self.scripts.items())):
            election = self.cycle.elections.select_related("group", "cycle__body").get(
                group__slug=slug
            )
            steps += self._officers(election, script, place)
            steps += self._papers(election, script)
            steps += self._moves(election, script)
        for _at, step in sorted(steps, key=lambda each: each[0]):
            step()

    def _invite_colleague(self) -> None:
        self._join(
            RoleName.SECRETARIAT, None, "secretariat-2", "Ежевикина Сауле", self.calendar.at(6, 25)
        )

    def _join(
        self,
        role: str,
        election: Election | None,
        mailbox: str,
        name: str,
        at: datetime,
        organisation: str = "",
    ) -> None:
        group = election.group if election else None
        slug = group.slug if group else ""
        by_secretariat = role in (RoleName.SECRETARIAT, RoleName.ORGANISER)
        giver = self.secretary if by_secretariat else self.users["organiser", slug][0]
        invitation: Invitation = people.invite(
            role,
            body=self.cycle.body,
            group=group,
            email=f"{mailbox}@okil.example",
            name=name,
            organisation=organisation,
            language="ru",
            decision=DecisionFacts(
                made_by=ASSEMBLY if group else "Секретариат",
                made_on=(at - timedelta(days=1)).date(),
            ),
            actor=giver,
            at=at,
        )
        people.accept_invitation(invitation.pk, actor=invitation.user, at=at + timedelta(hours=2))
        self.users.setdefault((role, slug), []).append(invitation.user)

    def _officers(self, election: Election, script: Script, place: int) -> Iterator[Step]:
        slug = election.group.slug
        named = self.organisers[place]["name_ru"]
        yield self._joining(RoleName.ORGANISER, election, "organiser", named, (7, 10, 9, place))
        for number in range(script.commission):
            organisation = ORGANISATIONS[(place + number) % len(ORGANISATIONS)]
            yield self._joining(
                RoleName.COMMISSIONER,
                election,
                f"commission-{number + 1}",
                next(self.names),
                (7, 22, 9 + number, place),
                organisation,
            )
        for number in range(script.observers):
            yield self._joining(
                RoleName.OBSERVER,
                election,
                f"observer-{number + 1}",
                next(self.names),
                (7, 29, 9 + number, place),
                ORGANISATIONS[(place + 3) % len(ORGANISATIONS)],
            )
        if script.names_organiser:
            yield (
                self.calendar.at(8, 1, 10, place),
                lambda: people.publish_name(
                    public=True,
                    actor=self.users["organiser", slug][0],
                    at=self.calendar.at(8, 1, 10, place),
                ),
            )

    def _joining(
        self,
        role: str,
        election: Election,
        mailbox: str,
        name: str,
        moment: tuple[int, ...],
        organisation: str = "",
    ) -> Step:
        at = self.calendar.at(*moment)
        address = f"{mailbox}-{election.group.slug}"
        return at, lambda: self._join(role, election, address, name, at, organisation)

    def _papers(self, election: Election, script: Script) -> Iterator[Step]:
        at = self.calendar.at(8, 5)
        slug = election.group.slug
        yield (
            at,
            lambda: regulations.adopt_regulation(
                election.group.pk,
                content=script.rules,
                decision=self._decided(ASSEMBLY, 6, 20),
                is_public=script.rules_public,
                seen_version=0,
                actor=self.users["organiser", slug][0],
                at=at,
            ),
        )
        if script.dates is not None:
            dates = self._moments(script.dates)
            yield (
                at,
                lambda: stages.set_dates(
                    election.pk,
                    dates=dates,
                    actor=self.users["organiser", slug][0],
                    at=at + timedelta(minutes=5),
                ),
            )

    def _moments(self, dates: Any) -> dict[Stage, tuple[datetime | None, datetime]]:
        return {
            Stage(stage): (
                self.calendar.at(*begins) if begins else None,
                self.calendar.at(*ends),
            )
            for stage, (begins, ends) in dates.items()
        }

    def _decided(self, by: str, month: int, day: int, *, paper: bool = False) -> DecisionFacts:
        return DecisionFacts(
            made_by=by,
            made_on=self.calendar.day(date(2024, month, day)),
            paper=PAPER if paper else None,
        )

    def _moves(self, election: Election, script: Script) -> Iterator[Step]:
        for to, moment in script.moves.items():
            at = self.calendar.at(*moment)
            state = State(to)
            if state is State.CONCLUDED:
                yield at - timedelta(hours=1), self._seating(election, at - timedelta(hours=1))
            for gate in GATES[state]:
                if gate.answer is Answer.STATEMENT:
                    yield (
                        at - timedelta(minutes=3),
                        self._saying(election, gate.code, at - timedelta(minutes=3)),
                    )
            yield at, self._moving(election, state, at)
        if script.extended_at and script.extended_to:
            at = self.calendar.at(*script.extended_at)
            until = self.calendar.at(*script.extended_to)
            yield (
                at,
                lambda: stages.extend_stage(
                    election.pk,
                    stage=Stage.REGISTRATION,
                    to_at=until,
                    reason=EXTENDED_BECAUSE,
                    actor=self._officer("organiser", election),
                    at=at,
                ),
            )
        if script.tied_at:
            yield self._repeating(election, self.calendar.at(*script.tied_at))

    def _officer(self, role: str, election: Election) -> User:
        if role == "secretariat":
            return self.secretary
        return self.users[role, election.group.slug][0]

    def _saying(self, election: Election, code: str, at: datetime) -> Callable[[], object]:
        return lambda: stages.answer_gate(
            election.pk,
            gate=code,
            done_on=(at - timedelta(days=1)).date(),
            actor=self._officer(BY_CODE[code].by, election),
            at=at,
        )

    def _moving(self, election: Election, to: State, at: datetime) -> Callable[[], object]:
        return lambda: stages.move_on(
            election.pk, to=to, actor=self._officer(MOVER[to], election), at=at
        )

    def _repeating(self, election: Election, at: datetime) -> Step:
        dates = self._moments({5: ((9, 16, 9), (9, 17, 18)), 6: (None, (9, 23, 18))})
        return at, lambda: stages.open_round(
            election.pk,
            kind=RoundKind.REPEAT_VOTE,
            dates=dates,
            decision=self._decided(COMPLAINTS_BODY, 9, 1, paper=True),
            actor=self._officer("commissioner", election),
            at=at,
        )

    def _seating(self, election: Election, at: datetime) -> Callable[[], object]:
        """The elected of the concluded group take their seat."""

        def seat_both() -> None:
            seat = election.group.seats.get(until_on=None)
            for position, name in (("member", "Аршаова Алия"), ("alternate", "Облепихина Дина")):
                memberships.begin_membership(
                    seat.pk,
                    position=position,
                    name=name,
                    begins_on=self.cycle.term_begins_on,
                    elected_in=str(self.cycle.year),
                    actor=self.secretary,
                    at=at,
                )

        return seat_both


ORGANISERS = frozenset(f"p{number}" for number in range(20, 30))
