"""What Django and django-allauth say to people, they say in good Kazakh and calm Russian.

They are read from the installed packages, so an upgrade that says something new fails here.
Kazakh: site/locale_frameworks is complete. Russian: the frameworks' own, corrected by ours.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import allauth
import django
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.test import override_settings
from django.utils import formats, translation
from django.utils.dates import MONTHS, MONTHS_ALT, WEEKDAYS
from django.utils.timesince import timesince
from django.utils.translation.template import templatize

from okil.foundation.web import dates
from okil.site import translations

OURS = translations.PACKAGE / "site" / "locale_frameworks"
DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent

SPOKEN_BY_PYTHON = [
    DJANGO / "forms",
    DJANGO / "core/validators.py",
    DJANGO / "core/paginator.py",
    DJANGO / "db/models/fields",
    DJANGO / "db/models/base.py",
    DJANGO / "db/models/constraints.py",
    DJANGO / "template/defaultfilters.py",
    DJANGO / "utils/dates.py",
    DJANGO / "utils/timesince.py",
    DJANGO / "utils/text.py",
    DJANGO / "utils/ipv6.py",
    DJANGO / "contrib/auth/base_user.py",
    ALLAUTH / "account",
    ALLAUTH / "mfa",
    ALLAUTH / "core",
]
SPOKEN_BY_TEMPLATES = [ALLAUTH / "templates/account", ALLAUTH / "templates/mfa"]

# Okil has no admin, no passwords, no sign-up, no user names and no phone numbers.
UNREACHABLE_FILE = re.compile(r"admin|apps\.py|migrations|management|tests|password|signup|phone")
UNREACHABLE_WORDS = re.compile(r"\b(?:passwords?|phone|usernames?)\b(?!-free)|sign ?up", re.I)
# An account that exists already is met only by people who sign up.
UNREACHABLE_LETTER = "account_already_exists"

NAMED_BY_SETTINGS = {"Kazakh", "Russian", "English"}
CALL = re.compile(
    r"""\b(?:gettext|ngettext|pgettext|npgettext|_)
    \((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""",
    re.VERBOSE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
MIXED_ALPHABETS = re.compile(r"[a-z][а-яёәғқңөұүһі]|[а-яёәғқңөұүһі][a-z]", re.I)


@dataclass(frozen=True, order=True)
class Sentence:
    context: str
    text: str
    plural: str

    def in_language(self, language: str, number: int = 1) -> str:
        with translation.override(language):
            match bool(self.context), bool(self.plural):
                case True, True:
                    return translation.npgettext(self.context, self.text, self.plural, number)
                case True, False:
                    return translation.pgettext(self.context, self.text)
                case False, True:
                    return translation.ngettext(self.text, self.plural, number)
                case _:
                    return translation.gettext(self.text)


def sentence_of(call: ast.Call) -> Sentence | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    texts = [
        each.value
        for each in call.args
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    match name.removesuffix("_lazy").removesuffix("_noop"), texts:
        case "_" | "gettext", [text, *_]:
            return Sentence("", text, "")
        case "ngettext", [text, plural, *_]:
            return Sentence("", text, plural)
        case "pgettext", [context, text, *_]:
            return Sentence(context, text, "")
        case "npgettext", [context, text, plural, *_]:
            return Sentence(context, text, plural)
    return None


def sentences_in(source: str) -> Iterator[Sentence]:
    tree = ast.parse(source)
    # A model field's `description` is read only by developers, in the admin's documentation.
    described = {
        call
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "description"
        for call in ast.walk(node.value)
    }
    described |= {
        call
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in ("description", "_description")
        for call in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node not in described:
            sentence = sentence_of(node)
            if sentence is not None:
                yield sentence


def files_in(place: Path, pattern: str) -> Iterator[Path]:
    for path in [place] if place.is_file() else sorted(place.rglob(pattern)):
        within = str(path.relative_to(place.parent))
        if path.is_file() and not UNREACHABLE_FILE.search(within):
            yield path


def all_sentences() -> set[Sentence]:
    spoken = {
        sentence
        for place in SPOKEN_BY_PYTHON
        for path in files_in(place, "*.py")
        for sentence in sentences_in(path.read_text())
    }
    for place in SPOKEN_BY_TEMPLATES:
        for path in files_in(place, "*.*"):
            if UNREACHABLE_LETTER not in path.name:
                for call in CALL.findall(templatize(path.read_text())):
                    spoken |= set(sentences_in(call))
    return spoken


SPOKEN = all_sentences()
REACHABLE = sorted(each for each in SPOKEN if not UNREACHABLE_WORDS.search(each.text))


def entries(language: str) -> list[Message]:
    with (OURS / language / "LC_MESSAGES" / "django.po").open("rb") as lines:
        return [each for each in read_po(lines, abort_invalid=True) if each.id]


def sentence_said(entry: Message) -> Sentence:
    text, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, "")
    return Sentence(entry.context or "", str(text), str(plural))


def written(entry: Message) -> list[str]:
    return (
        [entry.string]
        if isinstance(entry.string, str)
        else [str(each) for each in entry.string or ()]
    )


@pytest.fixture(scope="module", autouse=True)
def _ours_is_loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled in a place of its own, and merged by Django with its catalogues as in service."""
    place = tmp_path_factory.mktemp("locale")
    shutil.copytree(OURS, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    for source in place.rglob("*.po"):
        translations.compile_one(source)
    with override_settings(LOCALE_PATHS=[place]):
        yield


def test_every_sentence_has_its_kazakh() -> None:
    translated = {
        sentence_said(each)
        for each in entries("kk")
        if not each.fuzzy and all(text.strip() for text in written(each))
    }

    assert [each for each in REACHABLE if each not in translated] == []


def test_every_sentence_of_words_has_its_russian() -> None:
    left_in_english = [
        each
        for each in REACHABLE
        if re.search(r"[a-z]{3}", PLACEHOLDER.sub("", each.text))
        and each.in_language("ru") == each.text
    ]

    assert left_in_english == []


def test_no_translation_outlives_its_sentence() -> None:
    for language in ("kk", "ru"):
        said = {sentence_said(each) for each in entries(language)}

        assert {each.text for each in said - SPOKEN} <= NAMED_BY_SETTINGS


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_translation_has_the_gaps_of_its_sentence(language: str) -> None:
    for entry in entries(language):
        said = sentence_said(entry)
        gaps = set(PLACEHOLDER.findall(said.text)) | set(PLACEHOLDER.findall(said.plural))

        for text in written(entry):
            assert set(PLACEHOLDER.findall(text)) == gaps, text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_word_mixes_two_alphabets(language: str) -> None:
    for entry in entries(language):
        for text in written(entry):
            assert not MIXED_ALPHABETS.search(PLACEHOLDER.sub(" ", text)), text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_tone_is_calm(language: str) -> None:
    loud = re.compile(r"\w!|пожалуйста|уважаем|осуществл|недопустим|[а-я,;:] В(?:ы|а[мсш]\w*)\b")
    said = {each.in_language(language, number) for each in REACHABLE for number in (1, 2, 5)}

    assert [text for text in said if loud.search(text) or "Пожалуйста" in text] == []


FIELDS: list[tuple[forms.Field, object]] = [
    (forms.CharField(), ""),
    (forms.CharField(max_length=3), "Ромашкина"),
    (forms.CharField(min_length=12), "Ромашкина"),
    (forms.CharField(), "\0"),
    (forms.IntegerField(), "көп"),
    (forms.IntegerField(max_value=3), "4"),
    (forms.IntegerField(min_value=3), "2"),
    (forms.DecimalField(max_digits=2), "123"),
    (forms.DecimalField(decimal_places=1), "1.23"),
    (forms.DecimalField(max_digits=2, decimal_places=1), "12"),
    (forms.DateField(), "12/09/2024"),
    (forms.TimeField(), "кешке"),
    (forms.DateTimeField(), "ертең"),
    (forms.DurationField(), "ұзақ"),
    (forms.EmailField(), "romashkina"),
    (forms.URLField(assume_scheme="https"), "мұнда"),
    (forms.UUIDField(), "1"),
    (forms.JSONField(), "{"),
    (forms.SlugField(), "ромашкина"),
    (forms.ChoiceField(choices=[("a", "a")]), "b"),
    (forms.MultipleChoiceField(choices=[("a", "a")]), "b"),
    (forms.FileField(), None),
    (forms.GenericIPAddressField(), "1.2.3"),
    (forms.CharField(validators=[validators.validate_comma_separated_integer_list]), "a"),
]


def answer(field: forms.Field, value: object, language: str) -> list[str]:
    with translation.override(language):
        try:
            field.clean(value)
        except ValidationError as refusal:
            return [str(each) for each in refusal.messages]
    return []


@pytest.mark.parametrize(("field", "value"), FIELDS)
def test_a_form_field_refuses_in_the_language_of_the_person(
    field: forms.Field, value: object
) -> None:
    kazakh, russian, english = (answer(field, value, each) for each in ("kk", "ru", "en"))

    assert english
    assert not set(kazakh) & {*english, *russian}
    assert not set(russian) & set(english)


def test_a_model_field_refuses_in_kazakh() -> None:
    with pytest.raises(ValidationError) as refusal:
        models.DateField().to_python("2024-02-30")

    with translation.override("kk"):
        assert refusal.value.messages == ["«2024-02-30»: мұндай күн жоқ."]


@pytest.mark.parametrize("adapter", [DefaultAccountAdapter, DefaultMFAAdapter])
def test_sign_in_refuses_in_kazakh(
    adapter: type[DefaultAccountAdapter] | type[DefaultMFAAdapter],
) -> None:
    with translation.override(None):
        english = {code: str(said) for code, said in adapter.error_messages.items()}
    with translation.override("kk"):
        kazakh = {code: str(said) for code, said in adapter.error_messages.items()}

    reachable = {
        code
        for code, said in english.items()
        if not UNREACHABLE_WORDS.search(said.replace("user name", "username"))
    }
    assert reachable
    assert {code for code in reachable if not re.search(r"[әғқңөұүһі]", kazakh[code])} == set()


@pytest.mark.parametrize(
    ("language", "days"),
    [("ru", ["1 день", "2 дня", "5 дней"]), ("kk", ["1 күн", "2 күн", "5 күн"])],
)
def test_numbers_take_the_right_form(language: str, days: list[str]) -> None:
    with translation.override(language):
        told = [timesince(date(2024, 9, 1), date(2024, 9, 1 + number)) for number in (1, 2, 5)]

    assert [each.replace("\xa0", " ") for each in told] == days


def test_our_own_russian_plurals_are_counted_as_ours() -> None:
    """Django's catalogue has four forms, ours three: each is asked with its own rule."""
    said = Sentence(
        "", "You have added %(count)s security key.", "You have added %(count)s security keys."
    )

    assert [said.in_language("ru", number) % {"count": number} for number in (1, 22, 111)] == [
        "Вы добавили 1 ключ безопасности.",
        "Вы добавили 22 ключа безопасности.",
        "Вы добавили 111 ключей безопасности.",
    ]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_months_and_weekdays_are_lower_case(language: str) -> None:
    with translation.override(language):
        names = [str(each) for names in (MONTHS, MONTHS_ALT, WEEKDAYS) for each in names.values()]

    assert [each for each in names if each != each.lower()] == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_dates_are_written_as_everywhere_in_okil(language: str) -> None:
    at = datetime(2024, 9, 12, 9, 5)  # noqa: DTZ001 (only its digits are printed)

    with translation.override(language):
        assert formats.date_format(at) == dates.day(at.date(), language, "long")
        assert formats.date_format(at, "MONTH_DAY_FORMAT") == dates.day(
            at.date(), language, "plain", unsaid_year=2024
        )
        assert formats.time_format(at) == "9:05"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("typed", ["11.09.2024", "11.9.2024", "2024-09-11"])
def test_a_date_may_be_typed_as_people_type_it(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2024, 9, 11)


@pytest.mark.parametrize("typed", ["11.09.65", "11/09/2024"])
def test_a_date_that_can_be_misread_is_refused(typed: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize(("language", "told"), [("kk", "12\xa0345,5"), ("ru", "12\xa0345,5")])
def test_numbers_are_grouped_with_a_no_break_space(language: str, told: str) -> None:
    with translation.override(language), override_settings(USE_THOUSAND_SEPARATOR=True):
        assert formats.number_format(12345.5) == told


def test_only_a_changed_translation_is_compiled_again(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    shutil.copy(OURS / "kk" / "LC_MESSAGES" / "django.po", source)

    assert translations.is_stale(source)
    assert translations.compile_one(source) == tmp_path / "django.mo"
    assert not translations.is_stale(source)
