"""Each step of a replacement as a sentence in three languages, beside the rules as counting_words.py is."""

from __future__ import annotations

from typing import Any

from okil.pure.rules.count_sheet import Finding
from okil.pure.rules.counting_words import PLACES, Words

STEPS: Words = {
    "gone": {
        "ru": "{name} выбывает. Освобождается {place}.",
        "kk": "{name} шығып қалды. Босаған орын: {place}.",
        "en": "{name} drops out. This frees {place}.",
    },
    "gone-not-elected": {
        "ru": "{name} выбывает, не имея места. Состав не меняется.",
        "kk": "{name} шығып қалды, бірақ орынға сайланбаған еді. Құрам өзгермейді.",
        "en": "{name} drops out without holding a seat. Nothing else changes.",
    },
    "moves-up": {
        "ru": "Следующий по числу голосов, до сих пор альтернат, становится членом: {name}, голосов: "
        "{votes}.",
        "kk": "Дауыс саны бойынша келесі, осы уақытқа дейін баламалы мүше болған кандидат мүше болады: "
        "{name}, дауыс саны: {votes}.",
        "en": "Next by votes and until now alternate, becomes member: {name}, votes: {votes}.",
    },
    "next-as-member": {
        "ru": "Членом становится следующий по числу голосов: {name}, голосов: {votes}.",
        "kk": "Дауыс саны бойынша келесі кандидат мүше болады: {name}, дауыс саны: {votes}.",
        "en": "Next by votes, so member: {name}, votes: {votes}.",
    },
    "next-as-alternate": {
        "ru": "Альтернатом становится следующий по числу голосов: {name}, голосов: {votes}.",
        "kk": "Дауыс саны бойынша келесі кандидат баламалы мүше болады: {name}, дауыс саны: {votes}.",
        "en": "Next by votes, so alternate: {name}, votes: {votes}.",
    },
    "passed-over": {
        "ru": "{name}: есть избрание на другое место, поэтому очередь переходит дальше.",
        "kk": "{name}: басқа орынға сайланған, сондықтан кезек келесіге өтеді.",
        "en": "{name} is elected to another seat and is passed over.",
    },
    "tie": {
        "ru": "Равенство: {names}. Голосов у каждого: {votes}. На всех одно место ({place}).",
        "kk": "Дауыстар тең түсті: {names}. Әрқайсысының дауыс саны: {votes}. Бәріне бір орын ({place}).",
        "en": "A tie: {names}. Votes each: {votes}. There is one place for them ({place}).",
    },
    "tie-open": {
        "ru": "Равенство не разрешено. Его решает правило Положения о выборах о равенстве голосов.",
        "kk": "Теңдік шешілген жоқ. Оны Сайлау туралы ереженің дауыстар тең түскендегі қағидасы шешеді.",
        "en": "The tie is open. It is settled by the rule that the regulation has for ties.",
    },
    "tie-decided": {
        "ru": "Равенство разрешено записанным решением. Порядок: {names}.",
        "kk": "Теңдік жазылған шешіммен шешілді. Рет: {names}.",
        "en": "A recorded decision settles the tie. The order: {names}.",
    },
    "without-a-vote": {
        "ru": "Внимание: {name} не имеет ни одного голоса. Достаточно ли этого, говорит Положение.",
        "kk": "Назар аударыңыз: {name} бірде-бір дауыс алмады. Бұл жеткілікті ме, оны Ереже айтады.",
        "en": "Note: {name} has not a single vote. Whether that is enough, the regulation says.",
    },
    "nobody-left": {
        "ru": "Больше кандидатов нет: {place} остаётся вакантным.",
        "kk": "Басқа кандидат қалмады, бос қалған орын: {place}.",
        "en": "No candidate is left: {place} stays vacant.",
    },
    "repeat-vote": {
        "ru": "Положение о выборах требует повторного голосования ({place}).",
        "kk": "Сайлау туралы ереже қайта дауыс беруді талап етеді ({place}).",
        "en": "The regulation asks for a repeat vote ({place}).",
    },
    "as-described": {
        "ru": "Порядок замены описан в тексте Положения о выборах ({place}).",
        "kk": "Алмастыру тәртібі Сайлау туралы ереженің мәтінінде сипатталған ({place}).",
        "en": "The text of the regulation describes what follows ({place}).",
    },
    "unsaid": {
        "ru": "Положение о выборах не говорит, что следует ({place}). Нужно решение самой группы.",
        "kk": "Сайлау туралы ереже бұдан әрі не болатынын айтпайды ({place}). Топтың өз шешімі керек.",
        "en": "The regulation does not say what follows ({place}). The group itself has to decide.",
    },
}


def text_of(step: Finding, language: str) -> str:
    """The sentence of a step."""
    facts = {name: _as_words(name, value, language) for name, value in step.facts.items()}
    return STEPS[step.code][language].format(**facts)


def _as_words(fact: str, value: Any, language: str) -> str:
    if fact == "place":
        return PLACES[value][language]
    return ", ".join(value) if fact == "names" else str(value)
