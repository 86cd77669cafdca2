"""Kazakh endings. They follow the last vowel and the last sound of a word; a number's, as read."""

from __future__ import annotations

from enum import Enum

BACK_VOWELS = "аоұыяё"
FRONT_VOWELS = "әөүіеэ"
ALWAYS_FRONT = ("елу",)  # у is back or front with its word
VOICELESS = "пфкқтсшщчцхһбвгд"
NASAL = "мнң"

UNITS = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")


class Case(Enum):
    """Each value: endings after a voiceless sound, after a nasal, after any other; back / front."""

    DATIVE = ("қа/ке", "ға/ге", "ға/ге")  # to, until (with дейін)
    LOCATIVE = ("та/те", "да/де", "да/де")  # on, at
    ABLATIVE = ("тан/тен", "нан/нен", "дан/ден")  # from


def ending(word: str, case: Case) -> str:
    """`ending("қыркүйек", Case.DATIVE)` is "ке"."""
    lower = word.lower()
    after_voiceless, after_nasal, after_other = case.value
    if lower[-1] in VOICELESS:
        pair = after_voiceless
    elif lower[-1] in NASAL:
        pair = after_nasal
    else:
        pair = after_other
    back, front = pair.split("/")
    return back if _is_back(lower) else front


def in_case(word: str, case: Case) -> str:
    return word + ending(word, case)


def number_in_case(number: int, case: Case) -> str:
    """`number_in_case(60, Case.DATIVE)` is "60-қа": the ending of the last word when it is read."""
    return f"{number}-{ending(_last_word(number), case)}"


def time_in_case(hour: int, minute: int, case: Case) -> str:
    """18:00-ге, 9:00-де: a full hour is read with its zeros (нөл), else the minutes decide."""
    return f"{hour}:{minute:02}-{ending(_last_word(minute), case)}"


def _is_back(lower: str) -> bool:
    if lower.endswith(ALWAYS_FRONT):
        return False
    for letter in reversed(lower):
        if letter in BACK_VOWELS:
            return True
        if letter in FRONT_VOWELS:
            return False
    return True


def _last_word(number: int) -> str:
    if number % 10 or number == 0:
        return UNITS[number % 10]
    if number % 100:
        return TENS[number % 100 // 10]
    if number % 1000:
        return "жүз"
    return "мың" if number % 1_000_000 else "миллион"
