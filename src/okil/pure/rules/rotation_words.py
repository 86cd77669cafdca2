"""Each reason of a rotation's answer as a sentence in three languages.

Beside the rules, as counting_words.py is: a page, a decision on admission and a command say the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from okil.pure.rules.rotation import CANNOT_DECIDE, EXHAUSTED, FREE, Reason

Words = Mapping[str, Mapping[str, str]]

ANSWERS: Words = {
    FREE: {
        "ru": "Ротация не препятствует.",
        "kk": "Ротация кедергі емес.",
        "en": "Rotation is no obstacle.",
    },
    EXHAUSTED: {
        "ru": "Предельное число сроков подряд исчерпано.",
        "kk": "Қатарынан мерзімдердің шекті саны таусылған.",
        "en": "The most terms in a row have been served.",
    },
    CANNOT_DECIDE: {
        "ru": "Решить нельзя: правила или записи оставляют это открытым.",
        "kk": "Шешу мүмкін емес: қағидалар немесе жазбалар мұны ашық қалдырады.",
        "en": "This cannot be decided: the rules or the entries leave it open.",
    },
}

REASONS: Words = {
    "in-a-row": {
        "ru": "Сроков подряд перед этим: {terms}. Допускается не больше {limit}.",
        "kk": "Осының алдындағы қатарынан мерзім саны: {terms}. Рұқсат етілетін ең көбі: {limit}.",
        "en": "Terms in a row before this one: {terms}. At most {limit} are allowed.",
    },
    "in-a-row-between": {
        "ru": "Сроков подряд перед этим: не меньше {least} и не больше {most}. Допускается не больше "
        "{limit}.",
        "kk": "Осының алдындағы қатарынан мерзім саны: кемінде {least}, ең көбі {most}. Рұқсат етілетін "
        "ең көбі: {limit}.",
        "en": "Terms in a row before this one: at least {least} and at most {most}. At most {limit} are "
        "allowed.",
    },
    "alternate-too": {
        "ru": "После этого в следующем цикле нельзя быть и альтернатом.",
        "kk": "Бұдан кейін келесі циклде баламалы мүше болуға да болмайды.",
        "en": "After that, nobody may be alternate in the next cycle either.",
    },
    "gap": {
        "ru": "{term}: до следующего срока перерыв (дней: {days}). Подряд ли эти сроки, правила не говорят.",
        "kk": "{term}: келесі мерзімге дейін үзіліс бар (күн саны: {days}). Бұл мерзімдер қатарынан ба, "
        "оны қағидалар айтпайды.",
        "en": "{term}: a gap before the next term (days: {days}). The rules do not say whether these terms "
        "are in a row.",
    },
    "uncertain-entry": {
        "ru": "{term}: запись под сомнением.",
        "kk": "{term}: жазба күмәнді.",
        "en": "{term}: the entry is in doubt.",
    },
    "alternates-unsaid": {
        "ru": "{term}: срок альтерната. Правила не говорят, считается ли он.",
        "kk": "{term}: баламалы мүше мерзімі. Оның есепке алынатынын қағидалар айтпайды.",
        "en": "{term}: a term as alternate. The rules do not say whether it counts.",
    },
    "groups-unsaid": {
        "ru": "{term}: срок в другой группе. Правила не говорят, считается ли он.",
        "kk": "{term}: басқа топтағы мерзім. Оның есепке алынатынын қағидалар айтпайды.",
        "en": "{term}: a term in another group. The rules do not say whether it counts.",
    },
    "group-unknown": {
        "ru": "{term}: неизвестно, в какой группе был этот срок.",
        "kk": "{term}: бұл мерзім қай топта болғаны белгісіз.",
        "en": "{term}: it is not known in which group this term was.",
    },
    "part-terms-unsaid": {
        "ru": "{term}: неполный срок. Правила не говорят, считается ли он.",
        "kk": "{term}: толық емес мерзім. Оның есепке алынатынын қағидалар айтпайды.",
        "en": "{term}: less than a whole term. The rules do not say whether it counts.",
    },
    "long-entry": {
        "ru": "{term}: запись длиннее одного срока. Сколько это сроков, из неё не видно.",
        "kk": "{term}: жазба бір мерзімнен ұзын. Оның неше мерзім екені жазбадан көрінбейді.",
        "en": "{term}: the entry is longer than one term. It does not show how many terms that were.",
    },
    "alternate-counts": {
        "ru": "{term}: срок альтерната, по правилам он считается.",
        "kk": "{term}: баламалы мүше мерзімі, қағидалар бойынша ол есепке алынады.",
        "en": "{term}: a term as alternate, which counts by the rules.",
    },
    "alternate-does-not-count": {
        "ru": "{term}: срок альтерната, по правилам он не считается.",
        "kk": "{term}: баламалы мүше мерзімі, қағидалар бойынша ол есепке алынбайды.",
        "en": "{term}: a term as alternate, which does not count by the rules.",
    },
    "other-group-counts": {
        "ru": "{term}: срок в другой группе, по правилам он считается.",
        "kk": "{term}: басқа топтағы мерзім, қағидалар бойынша ол есепке алынады.",
        "en": "{term}: a term in another group, which counts by the rules.",
    },
    "other-group-does-not-count": {
        "ru": "{term}: срок в другой группе, по правилам он не считается.",
        "kk": "{term}: басқа топтағы мерзім, қағидалар бойынша ол есепке алынбайды.",
        "en": "{term}: a term in another group, which does not count by the rules.",
    },
    "part-term-counts": {
        "ru": "{term}: неполный срок, по правилам он считается.",
        "kk": "{term}: толық емес мерзім, қағидалар бойынша ол есепке алынады.",
        "en": "{term}: less than a whole term, which counts by the rules.",
    },
    "part-term-does-not-count": {
        "ru": "{term}: неполный срок, по правилам он не считается.",
        "kk": "{term}: толық емес мерзім, қағидалар бойынша ол есепке алынбайды.",
        "en": "{term}: less than a whole term, which does not count by the rules.",
    },
}


def text_of(reason: Reason, language: str) -> str:
    """The sentence of a reason."""
    return REASONS[reason.code][language].format(**reason.facts)
