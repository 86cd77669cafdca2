from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from okil.foundation.web import dates

THURSDAY = date(2024, 9, 12)
EVENING = datetime(2024, 9, 12, 13, 0, tzinfo=UTC)  # 18:00 where the body is
MORNING = datetime(2024, 9, 16, 4, 0, tzinfo=UTC)
ALMATY = "Asia/Almaty"


def spaced(told: str) -> str:
    """No-break spaces made visible, so that a table shows where they stand."""
    return told.replace("\xa0", "_")


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("ru", "", "чт, 12_сентября"),
        ("ru", "plain", "12_сентября"),
        ("ru", "full", "четверг, 12_сентября"),
        ("ru", "long", "12_сентября 2024"),
        ("ru", "dated", "12_сентября 2024_года"),
        ("kk", "", "бейсенбі, 12_қыркүйек"),
        ("kk", "plain", "12_қыркүйек"),
        ("kk", "full", "бейсенбі, 12_қыркүйек"),
        ("kk", "long", "2024_жылғы 12_қыркүйек"),
        ("kk", "dated", "2024_жылғы 12_қыркүйек"),
        ("en", "", "Thursday, 12_September"),
        ("en", "plain", "12_September"),
        ("en", "full", "Thursday, 12_September"),
        ("en", "long", "12_September 2024"),
        ("en", "dated", "12_September 2024"),
    ],
)
def test_a_day_is_told_as_people_write_it(language: str, style: dates.Style, expected: str) -> None:
    assert spaced(dates.day(THURSDAY, language, style, unsaid_year=2024)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "чт, 12_сентября 2024"),
        ("kk", "бейсенбі, 2024_жылғы 12_қыркүйек"),
        ("en", "Thursday, 12_September 2024"),
    ],
)
def test_another_year_is_told(language: str, expected: str) -> None:
    assert spaced(dates.day(THURSDAY, language, unsaid_year=2025)) == expected
    assert spaced(dates.day(THURSDAY, language)) == expected


def test_every_month_has_its_name() -> None:
    told = {
        language: [
            dates.day(date(2024, month, 1), language, "plain", unsaid_year=2024)[2:]
            for month in range(1, 13)
        ]
        for language in dates.MONTHS
    }

    assert told == {language: names.split() for language, names in dates.MONTHS.items()}
    assert told["ru"][0] == "января"
    assert told["kk"][11] == "желтоқсан"
    assert told["en"][4] == "May"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "понедельник вторник среда четверг пятница суббота воскресенье"),
        ("kk", "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі"),
        ("en", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    ],
)
def test_a_week_has_its_days(language: str, expected: str) -> None:
    week = [date(2024, 9, day) for day in range(9, 16)]

    assert " ".join(dates.weekday(each, language) for each in week) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "чт, 12_сентября, 18:00 (Астана)"),
        ("kk", "бейсенбі, 12_қыркүйек, 18:00 (Астана)"),
        ("en", "Thursday, 12_September, 18:00 (Astana)"),
    ],
)
def test_a_moment_is_told_with_the_city_whose_clock_is_meant(language: str, expected: str) -> None:
    assert spaced(dates.moment(EVENING, ALMATY, language, unsaid_year=2024)) == expected


def test_a_moment_falls_on_the_day_it_has_where_the_body_is() -> None:
    late = datetime(2024, 9, 11, 21, 5, tzinfo=UTC)

    assert spaced(dates.moment(late, ALMATY, "ru", unsaid_year=2024)) == (
        "чт, 12_сентября, 2:05 (Астана)"
    )


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Asia/Qyzylorda", "kk", "Астана"),
        ("Asia/Bishkek", "kk", "Бішкек"),
        ("Europe/Kyiv", "en", "Kyiv"),
        ("America/New_York", "ru", "New_York"),
        ("UTC", "kk", "UTC"),
    ],
)
def test_a_zone_is_told_by_its_city(zone: str, language: str, expected: str) -> None:
    assert spaced(dates.city(zone, language)) == expected


@pytest.mark.parametrize(
    ("first", "last", "language", "expected"),
    [
        ((2024, 8, 19), (2024, 9, 2), "ru", "19_августа – 2_сентября"),
        ((2024, 8, 19), (2024, 9, 2), "kk", "19_тамыз – 2_қыркүйек"),
        ((2024, 8, 19), (2024, 9, 2), "en", "19_August – 2_September"),
        ((2024, 8, 19), (2024, 8, 30), "ru", "19–30_августа"),
        ((2024, 8, 19), (2024, 8, 30), "kk", "19–30_тамыз"),
        ((2024, 8, 19), (2024, 8, 19), "en", "19_August"),
        ((2021, 8, 19), (2021, 8, 30), "ru", "19–30_августа 2021"),
        ((2021, 8, 19), (2021, 9, 2), "kk", "2021_жылғы 19_тамыз – 2_қыркүйек"),
        ((2024, 12, 30), (2025, 1, 3), "ru", "30_декабря 2024 – 3_января 2025"),
        ((2024, 12, 30), (2025, 1, 3), "kk", "2024_жылғы 30_желтоқсан – 2025_жылғы 3_қаңтар"),
    ],
)
def test_a_period_says_nothing_twice(
    first: tuple[int, int, int], last: tuple[int, int, int], language: str, expected: str
) -> None:
    told = dates.period(date(*first), date(*last), language, unsaid_year=2024)

    assert spaced(told) == expected


@pytest.mark.parametrize(
    ("phrase", "language", "plain", "full"),
    [
        (dates.by, "ru", "до_12_сентября", "до_четверга, 12_сентября"),
        (dates.by, "kk", "12_қыркүйекке дейін", "бейсенбі, 12_қыркүйекке дейін"),
        (dates.by, "en", "by 12_September", "by Thursday, 12_September"),
        (dates.until, "ru", "до_12_сентября", "до_четверга, 12_сентября"),
        (dates.until, "kk", "12_қыркүйекке дейін", "бейсенбі, 12_қыркүйекке дейін"),
        (dates.until, "en", "until 12_September", "until Thursday, 12_September"),
        (dates.since, "ru", "с_12_сентября", "с_четверга, 12_сентября"),
        (dates.since, "kk", "12_қыркүйектен", "бейсенбі, 12_қыркүйектен"),
        (dates.since, "en", "from 12_September", "from Thursday, 12_September"),
        (dates.on, "ru", "12_сентября", "в_четверг, 12_сентября"),
        (dates.on, "kk", "12_қыркүйекте", "бейсенбі, 12_қыркүйекте"),
        (dates.on, "en", "on 12_September", "on Thursday, 12_September"),
    ],
)
def test_a_day_stands_in_a_sentence(
    phrase: dates.DayPhrase, language: str, plain: str, full: str
) -> None:
    assert spaced(phrase(THURSDAY, language, "plain", unsaid_year=2024)) == plain
    assert spaced(phrase(THURSDAY, language, "full", unsaid_year=2024)) == full


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        (dates.until_moment, "ru", "до_16_сентября, 9:00 (Астана)"),
        (dates.until_moment, "kk", "16_қыркүйек, 9:00-ге дейін (Астана)"),
        (dates.until_moment, "en", "until 16_September, 9:00 (Astana)"),
        (dates.since_moment, "ru", "с_16_сентября, 9:00 (Астана)"),
        (dates.since_moment, "kk", "16_қыркүйек, 9:00-ден (Астана)"),
        (dates.since_moment, "en", "from 16_September, 9:00 (Astana)"),
        (dates.on_moment, "ru", "16_сентября в_9:00 (Астана)"),
        (dates.on_moment, "kk", "16_қыркүйекте 9:00-де (Астана)"),
        (dates.on_moment, "en", "on 16_September at_9:00 (Astana)"),
    ],
)
def test_a_moment_stands_in_a_sentence(
    phrase: dates.MomentPhrase, language: str, expected: str
) -> None:
    assert spaced(phrase(MORNING, ALMATY, language, "plain", unsaid_year=2024)) == expected


@pytest.mark.parametrize(
    ("day", "since", "on"),
    [
        (9, "с_понедельника, 9_сентября", "в_понедельник, 9_сентября"),
        (10, "со_вторника, 10_сентября", "во_вторник, 10_сентября"),
        (11, "со_среды, 11_сентября", "в_среду, 11_сентября"),
        (13, "с_пятницы, 13_сентября", "в_пятницу, 13_сентября"),
        (14, "с_субботы, 14_сентября", "в_субботу, 14_сентября"),
        (15, "с_воскресенья, 15_сентября", "в_воскресенье, 15_сентября"),
    ],
)
def test_russian_prepositions_follow_the_weekday(day: int, since: str, on: str) -> None:
    each = date(2024, 9, day)

    assert spaced(dates.since(each, "ru", "full", unsaid_year=2024)) == since
    assert spaced(dates.on(each, "ru", "full", unsaid_year=2024)) == on


def test_russian_says_from_the_second_with_another_preposition() -> None:
    assert spaced(dates.since(date(2024, 9, 2), "ru", unsaid_year=2024)) == "со_2_сентября"


def test_a_kazakh_deadline_in_another_year_keeps_the_ending_on_the_month() -> None:
    assert spaced(dates.by(date(2027, 3, 1), "kk", unsaid_year=2024)) == (
        "2027_жылғы 1_наурызға дейін"
    )
