"""Each step, contradiction and unreadable place of a count as a sentence in three languages.

Beside the rules and not in the translation catalogues: the command explains a count where Django is not,
and a page or a protocol shall explain it in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okil.pure.rules.count_sheet import Finding, UnreadableSheet

Words = Mapping[str, Mapping[str, str]]

PLACES: Words = {
    "member": {"ru": "место члена", "kk": "мүше орны", "en": "the seat of member"},
    "alternate": {
        "ru": "место альтерната",
        "kk": "баламалы мүше орны",
        "en": "the seat of alternate",
    },
    "second_round": {
        "ru": "место во втором туре",
        "kk": "екінші турдағы орын",
        "en": "a place in the second round",
    },
}
CONTESTS: Words = {
    "member": {
        "ru": "Конкурс на место члена",
        "kk": "Мүше орнына сайлау таласы",
        "en": "The contest for member",
    },
    "alternate": {
        "ru": "Конкурс на место альтерната",
        "kk": "Альтернат орнына сайлау таласы",
        "en": "The contest for alternate",
    },
    "both": {
        "ru": "Единый конкурс на места члена и альтерната",
        "kk": "Мүше мен баламалы мүше орнына бірыңғай сайлау таласы",
        "en": "The single contest for member and alternate",
    },
}
RULES: Words = {
    "repeat_vote_between_tied": {
        "ru": "повторное голосование между ними",
        "kk": "олардың арасында қайта дауыс беру",
        "en": "a repeat vote between them",
    },
    "lot": {"ru": "жребий", "kk": "жеребе", "en": "the lot"},
    "seniority_of_criteria": {
        "ru": "старшинство критериев",
        "kk": "өлшемшарттардың басымдық реті",
        "en": "the criteria in their order",
    },
    "other": {
        "ru": "порядок, описанный в тексте Положения",
        "kk": "Ереже мәтінінде сипатталған тәртіп",
        "en": "the way that its text describes",
    },
    "unsaid": {"ru": "правило не указано", "kk": "ереже көрсетілмеген", "en": "no rule is named"},
}
MAJORITIES: Words = {
    "votes_cast": {
        "ru": "все поданные бюллетени, с пустыми и непринятыми",
        "kk": "бос және қабылданбағандарын қоса, барлық берілген бюллетень",
        "en": "all ballots cast, blank and rejected ones among them",
    },
    "votes_for_candidates": {
        "ru": "бюллетени, в которых назван кандидат",
        "kk": "кандидат көрсетілген бюллетеньдер",
        "en": "the ballots that name a candidate",
    },
    "registered": {
        "ru": "все избиратели в списке",
        "kk": "тізімдегі барлық сайлаушы",
        "en": "all voters on the roll",
    },
}

STEPS: Words = {
    "took-part": {
        "ru": "В голосовании участвовали: {voted} из {of} в списке ({share} %).",
        "kk": "Дауыс беруге қатысқандар: {voted}, тізімде: {of} ({share} %).",
        "en": "Took part in the vote: {voted} of {of} on the roll ({share} %).",
    },
    "no-minimum-turnout": {
        "ru": "Минимальная явка не установлена.",
        "kk": "Ең аз қатысу үлесі белгіленбеген.",
        "en": "No minimum turnout is set.",
    },
    "turnout-enough": {
        "ru": "Минимальная явка {minimum} % достигнута.",
        "kk": "Ең аз қатысу үлесі ({minimum} %) жетті.",
        "en": "The minimum turnout of {minimum} % is reached.",
    },
    "turnout-too-low": {
        "ru": "Минимальная явка {minimum} % не достигнута: голосование не состоялось, никто не избран.",
        "kk": "Ең аз қатысу үлесі ({minimum} %) жетпеді: дауыс беру өтпеді деп саналады, "
        "ешкім сайланған жоқ.",
        "en": "The minimum turnout of {minimum} % is not reached: the vote is void and nobody is elected.",
    },
    "contest": {
        "ru": "{contest}. Мест: {seats}.",
        "kk": "{contest}. Орын саны: {seats}.",
        "en": "{contest}. Seats: {seats}.",
    },
    "papers": {
        "ru": "Бюллетени: за кандидатов {papers}, пустые {blank}, не приняты как неправильно "
        "заполненные {wrongly_completed}, как несвоевременные {late}.",
        "kk": "Бюллетеньдер: кандидаттар үшін {papers}, бос {blank}, қате толтырылғаны үшін "
        "қабылданбаған {wrongly_completed}, уақтылы берілмегені үшін {late}.",
        "en": "Ballots: for candidates {papers}, blank {blank}, rejected as wrongly completed "
        "{wrongly_completed}, as late {late}.",
    },
    "votes": {
        "ru": "Голоса: {votes}.",
        "kk": "Дауыстар: {votes}.",
        "en": "Votes: {votes}.",
    },
    "passed-over": {
        "ru": "{name}: избрание членом уже состоялось, поэтому в конкурсе альтернатов голоса за этого "
        "кандидата места не дают.",
        "kk": "{name}: мүше болып сайланып қойды, сондықтан баламалы мүшелер таласында бұл кандидатқа "
        "берілген дауыстар орын бермейді.",
        "en": "{name} is elected member already and is passed over as alternate.",
    },
    "no-candidate": {
        "ru": "Кандидатов нет. Вакантных мест: {seats}.",
        "kk": "Кандидат жоқ. Бос орын саны: {seats}.",
        "en": "There is no candidate. Seats that stay vacant: {seats}.",
    },
    "only-candidate": {
        "ru": "Единственный кандидат: {name}.",
        "kk": "Жалғыз кандидат: {name}.",
        "en": "There is one candidate only: {name}.",
    },
    "plurality": {
        "ru": "Относительное большинство: места получают те, за кого больше голосов.",
        "kk": "Салыстырмалы көпшілік: орынды көбірек дауыс алғандар алады.",
        "en": "Plurality: the seats go to those with most votes.",
    },
    "majority-needed": {
        "ru": "Абсолютное большинство: больше половины от {of} ({majority_of}), то есть не "
        "меньше {needed}.",
        "kk": "Абсолютті көпшілік: {of} санының ({majority_of}) жартысынан көбі, яғни кемінде "
        "{needed}.",
        "en": "Absolute majority: more than half of {of} ({majority_of}), that is {needed} or more.",
    },
    "majority-not-reached": {
        "ru": "Не для каждого места есть кандидат с таким большинством. Осталось мест: {seats}.",
        "kk": "Әр орынға мұндай көпшілік алған кандидат жоқ. Қалған орын саны: {seats}.",
        "en": "Not for every seat is there a candidate with that majority. Seats still open: {seats}.",
    },
    "second-round": {
        "ru": "Во втором туре: {names}.",
        "kk": "Екінші турда: {names}.",
        "en": "In the second round: {names}.",
    },
    "second-round-without-choice": {
        "ru": "Большинства не получили: {names}. Для второго тура нет выбора, поэтому дальнейший "
        "порядок определяет Положение о выборах.",
        "kk": "Көпшілік дауыс алмағандар: {names}. Екінші тур үшін таңдау жоқ, сондықтан әрі қарайғы "
        "тәртіпті Сайлау туралы ереже белгілейді.",
        "en": "Without a majority: {names}. A second round would offer no choice; the regulation has to "
        "say what follows.",
    },
    "elected-member": {
        "ru": "Членом избирается {name}, голосов: {votes}.",
        "kk": "Мүше болып сайланады: {name}, дауыс саны: {votes}.",
        "en": "Elected member: {name}, votes: {votes}.",
    },
    "next-by-votes": {
        "ru": "Альтернатом становится следующий по числу голосов: {name}, голосов: {votes}.",
        "kk": "Дауыс саны бойынша келесі кандидат баламалы мүше болады: {name}, дауыс саны: {votes}.",
        "en": "Next by votes, so alternate: {name}, votes: {votes}.",
    },
    "elected-alternate": {
        "ru": "Альтернатом избирается {name}, голосов: {votes}.",
        "kk": "Альтернат болып сайланады: {name}, дауыс саны: {votes}.",
        "en": "Elected alternate: {name}, votes: {votes}.",
    },
    "without-a-vote": {
        "ru": "Внимание: {name} не имеет ни одного голоса. Достаточно ли этого, говорит Положение, а не "
        "подсчёт.",
        "kk": "Назар аударыңыз: {name} бірде-бір дауыс алмады. Бұл жеткілікті ме, оны санау емес, Ереже "
        "айтады.",
        "en": "Note: {name} has not a single vote. Whether that is enough, the regulation says and not "
        "the count.",
    },
    "tie": {
        "ru": "Равенство: {names}. Голосов у каждого: {votes}. Мест на всех: {places} ({place}).",
        "kk": "Дауыстар тең түсті: {names}. Әрқайсысының дауыс саны: {votes}. Бәріне ортақ орын саны: "
        "{places} ({place}).",
        "en": "A tie: {names}. Votes each: {votes}. Places among them: {places} ({place}).",
    },
    "tie-open": {
        "ru": "Равенство не разрешено и не решается подсчётом. Положение о выборах: {rule}.",
        "kk": "Теңдік шешілген жоқ, оны санау шешпейді. Сайлау туралы ереже: {rule}.",
        "en": "The tie is open, and counting does not decide it. By the regulation: {rule}.",
    },
    "tie-decided": {
        "ru": "Равенство разрешено записанным решением ({rule}). Порядок: {names}.",
        "kk": "Теңдік жазылған шешіммен шешілді ({rule}). Рет: {names}.",
        "en": "A recorded decision settles the tie ({rule}). The order: {names}.",
    },
    "waits-for-members": {
        "ru": "Итог этого конкурса ждёт конкурса членов. Ещё могут стать членами: {names}.",
        "kk": "Бұл таластың қорытындысы мүшелер таласын күтеді. Әлі мүше болуы мүмкін: {names}.",
        "en": "The result of this contest waits for that of the members. May yet become member: {names}.",
    },
    "vacant": {
        "ru": "Кандидатов меньше, чем мест ({place}). Вакантных мест: {seats}.",
        "kk": "Кандидат саны орыннан аз ({place}). Бос қалған орын: {seats}.",
        "en": "There are fewer candidates than seats ({place}). Seats that stay vacant: {seats}.",
    },
    "decided": {
        "ru": "По этим числам решено всё.",
        "kk": "Осы сандар бойынша бәрі шешілді.",
        "en": "These numbers decide everything.",
    },
    "undecided": {
        "ru": "По этим числам решено не всё.",
        "kk": "Осы сандар бойынша бәрі шешілген жоқ.",
        "en": "These numbers do not decide everything.",
    },
}

CONTRADICTIONS: Words = {
    "voted-exceeds-registered": {
        "ru": "Участвовали {voted}, а в списке только {registered}.",
        "kk": "Қатысқандар {voted}, ал тізімде тек {registered}.",
        "en": "Took part: {voted}, but the roll has only {registered}.",
    },
    "vote-for-no-candidate": {
        "ru": "{contest}: голоса за «{name}», а такого кандидата нет.",
        "kk": "{contest}: «{name}» үшін дауыс берілген, ал мұндай кандидат жоқ.",
        "en": "{contest}: votes for “{name}”, who is no candidate.",
    },
    "ballot-names-twice": {
        "ru": "{contest}: бюллетень {number} называет кого-то дважды.",
        "kk": "{contest}: {number}-бюллетень біреуді екі рет атайды.",
        "en": "{contest}: ballot {number} names somebody twice.",
    },
    "ballot-names-too-many": {
        "ru": "{contest}: в бюллетене {number} названо больше кандидатов, чем мест ({most}).",
        "kk": "{contest}: {number}-бюллетеньде орыннан ({most}) көп кандидат аталған.",
        "en": "{contest}: ballot {number} names more candidates than there are seats ({most}).",
    },
    "blank-differs": {
        "ru": "{contest}: перечислено пустых бюллетеней {listed}, а указано {blank}.",
        "kk": "{contest}: тізілген бос бюллетень {listed}, ал көрсетілгені {blank}.",
        "en": "{contest}: blank ballots listed: {listed}, but stated: {blank}.",
    },
    "papers-differ-from-voted": {
        "ru": "{contest}: за кандидатов {papers}, пустых {blank}, не принято {rejected}, вместе "
        "{total}, а участвовали {voted}.",
        "kk": "{contest}: кандидаттар үшін {papers}, бос {blank}, қабылданбаған {rejected}, барлығы "
        "{total}, ал қатысқандар {voted}.",
        "en": "{contest}: for candidates {papers}, blank {blank}, rejected {rejected}, together "
        "{total}, but took part {voted}.",
    },
    "more-papers-than-voted": {
        "ru": "{contest}: пустых {blank} и не принято {rejected}, вместе {total}, а участвовали {voted}.",
        "kk": "{contest}: бос {blank} және қабылданбаған {rejected}, барлығы {total}, ал қатысқандар "
        "{voted}.",
        "en": "{contest}: blank {blank} and rejected {rejected}, together {total}, but took part "
        "{voted}.",
    },
    "too-many-votes": {
        "ru": "{contest}: голосов {votes}, больше, чем могут дать бюллетени ({papers}) при числе мест "
        "{seats}.",
        "kk": "{contest}: дауыс саны {votes}, бұл бюллетеньдер ({papers}) беретіннен көп, орын саны "
        "{seats}.",
        "en": "{contest}: votes {votes}, more than the ballots ({papers}) can give for {seats} seats.",
    },
    "too-few-votes": {
        "ru": "{contest}: голосов {votes}, меньше, чем бюллетеней, в которых назван кандидат ({papers}).",
        "kk": "{contest}: дауыс саны {votes}, бұл кандидат көрсетілген бюллетеньдерден ({papers}) аз.",
        "en": "{contest}: votes {votes}, fewer than the ballots that name a candidate ({papers}).",
    },
    "candidate-exceeds-papers": {
        "ru": "{contest}: у «{name}» голосов {votes}, больше, чем бюллетеней ({papers}).",
        "kk": "{contest}: «{name}» дауыс саны {votes}, бұл бюллетеньдерден ({papers}) көп.",
        "en": "{contest}: “{name}” has {votes} votes, more than there are ballots ({papers}).",
    },
    "decision-without-tie": {
        "ru": "Решение о равенстве (конкурс {number}, порядок: {names}), а равенства ровно между ними, "
        "которое надо решать, нет.",
        "kk": "Теңдік туралы шешім бар (талас {number}, рет: {names}), ал дәл осылардың арасында "
        "шешілуге тиіс теңдік жоқ.",
        "en": "A tie decision (contest {number}, order: {names}), but there is no tie to decide "
        "between exactly these.",
    },
}

UNREADABLE: Words = {
    "not-an-object": {
        "ru": "{place}: нужен объект с ключами.",
        "kk": "{place}: кілттері бар объект керек.",
        "en": "{place}: an object with keys is needed.",
    },
    "unknown-key": {
        "ru": "{place}: ключ «{key}» неизвестен.",
        "kk": "{place}: «{key}» кілті белгісіз.",
        "en": "{place}: the key “{key}” is unknown.",
    },
    "key-missing": {
        "ru": "{place}: нет ключа «{key}».",
        "kk": "{place}: «{key}» кілті жоқ.",
        "en": "{place}: the key “{key}” is missing.",
    },
    "not-one-of": {
        "ru": "{place}: можно только {allowed}.",
        "kk": "{place}: тек мыналар болады: {allowed}.",
        "en": "{place}: it may only be {allowed}.",
    },
    "majority-of-missing": {
        "ru": "{place}: при абсолютном большинстве надо указать, от чего оно считается.",
        "kk": "{place}: абсолютті көпшілік неден саналатынын көрсету керек.",
        "en": "{place}: an absolute majority must say of what it is one.",
    },
    "contests-of-another-model": {
        "ru": "{place}: это не те конкурсы, которые есть в модели {model}.",
        "kk": "{place}: бұлар {model} үлгісіндегі сайлау таластары емес.",
        "en": "{place}: these are not the contests of the model {model}.",
    },
    "votes-or-ballots": {
        "ru": "{place}: нужно одно из двух: votes или ballots.",
        "kk": "{place}: екеуінің бірі керек: votes немесе ballots.",
        "en": "{place}: one of votes and ballots is needed, and not both.",
    },
    "name-twice": {
        "ru": "{place}: одно имя стоит дважды.",
        "kk": "{place}: бір есім екі рет тұр.",
        "en": "{place}: a name comes twice.",
    },
    "not-a-number": {
        "ru": "{place}: нужно целое число от {least} до {most}.",
        "kk": "{place}: {least} мен {most} арасындағы бүтін сан керек.",
        "en": "{place}: a whole number from {least} to {most} is needed.",
    },
    "not-a-list": {
        "ru": "{place}: нужен список, элементов не больше {longest}.",
        "kk": "{place}: тізім керек, элементтері {longest} санынан аспауы тиіс.",
        "en": "{place}: a list is needed, of at most {longest} entries.",
    },
    "not-a-name": {
        "ru": "{place}: нужны имена, не пустые и не длиннее {longest} знаков.",
        "kk": "{place}: бос емес және {longest} таңбадан ұзын емес есімдер керек.",
        "en": "{place}: names are needed, not empty and of at most {longest} characters.",
    },
}


def text_of(finding: Finding, language: str) -> str:
    """The sentence of a step or a contradiction."""
    table = CONTRADICTIONS if finding.code in CONTRADICTIONS else STEPS
    facts = {name: _as_words(name, value, language) for name, value in finding.facts.items()}
    return table[finding.code][language].format(**facts)


def text_of_unreadable(error: UnreadableSheet, language: str) -> str:
    """The sentence that says where the data is no count sheet, and why."""
    return UNREADABLE[error.code][language].format(place=error.place or "{}", **error.facts)


_NAMED: Mapping[str, Words] = {
    "place": PLACES,
    "contest": CONTESTS,
    "rule": RULES,
    "majority_of": MAJORITIES,
}


def _as_words(fact: str, value: Any, language: str) -> str:
    if fact in _NAMED:
        return _NAMED[fact][value][language]
    if fact == "names":
        return ", ".join(value)
    if fact == "votes" and isinstance(value, tuple):
        return "; ".join(f"{name} {number}" for name, number in value)
    if fact == "share" and language != "en":
        return str(value).replace(".", ",")
    return str(value)
