from __future__ import annotations

import re
import zoneinfo
from argparse import Namespace

from okil.site.command_line.arguments import Arguments
from okil.site.command_line.installation import bring_up_to_date, open_installation
from okil.site.command_line.words import LANGUAGES, Stopped, sentence


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("start", language)
    for code in LANGUAGES:
        parser.option(f"--name-{code}", "option-name")
    parser.option("--languages", "option-languages")
    parser.option("--time-zone", "option-time-zone")
    parser.option("--secretariat", "option-secretariat")
    chosen = parser.parse_args(arguments)

    name = _name(chosen, language)
    languages = _languages(chosen.languages, name, language)
    time_zone = _time_zone(chosen.time_zone, language)
    secretariat = _secretariat(chosen.secretariat, language)

    open_installation(language)
    bring_up_to_date()
    from okil.areas.bodies.actions.bodies import begin_installation
    from okil.foundation.web.clock import clock

    invitation = begin_installation(
        name=name,
        languages=languages,
        time_zone=time_zone,
        secretariat_email=secretariat,
        at=clock.now(),
    )
    print(sentence("begun", language))
    print(f"\n  {invitation}\n")
    print(sentence("serve-next", language))
    return 0


def _ask(code: str, language: str, /, **facts: object) -> str:
    try:
        return input(sentence(code, language, **facts)).strip()
    except EOFError:
        return ""  # no one at the keyboard: what is missing is said by the check that follows


def _name(chosen: Namespace, language: str) -> dict[str, str]:
    given = {code: getattr(chosen, f"name_{code}") for code in LANGUAGES}
    if not any(given.values()):
        given = {code: _ask("ask-name", language, language=code) for code in LANGUAGES}
    name = {code: text.strip() for code, text in given.items() if text and text.strip()}
    if not name:
        raise Stopped("name-missing")
    return name


def _languages(given: str | None, name: dict[str, str], language: str) -> list[str]:
    suggested = ",".join(name)
    answer = given or _ask("ask-languages", language, suggested=suggested) or suggested
    languages = [code.strip() for code in answer.split(",")]
    if len(set(languages)) != len(languages) or not set(languages) <= set(LANGUAGES):
        raise Stopped("languages-wrong", value=answer)
    return languages


def _time_zone(given: str | None, language: str) -> str:
    answer = given or _ask("ask-time-zone", language) or "Asia/Almaty"
    if answer not in zoneinfo.available_timezones():
        raise Stopped("time-zone-wrong", value=answer)
    return answer


def _secretariat(given: str | None, language: str) -> str:
    answer = given or _ask("ask-secretariat", language)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", answer):
        raise Stopped("secretariat-wrong", value=answer)
    return answer
