"""The tables are written by hand, as a Kazakh speaker says them; nothing here is computed."""

from __future__ import annotations

import pytest

from okil.foundation.web.kazakh import Case, in_case, number_in_case, time_in_case

MONTHS = """
қаңтар     қаңтарға     қаңтарда     қаңтардан
ақпан      ақпанға      ақпанда      ақпаннан
наурыз     наурызға     наурызда     наурыздан
сәуір      сәуірге      сәуірде      сәуірден
мамыр      мамырға      мамырда      мамырдан
маусым     маусымға     маусымда     маусымнан
шілде      шілдеге      шілдеде      шілдеден
тамыз      тамызға      тамызда      тамыздан
қыркүйек   қыркүйекке   қыркүйекте   қыркүйектен
қазан      қазанға      қазанда      қазаннан
қараша     қарашаға     қарашада     қарашадан
желтоқсан  желтоқсанға  желтоқсанда  желтоқсаннан
"""
WORDS = """
топ        топқа        топта        топтан
комитет    комитетке    комитетте    комитеттен
орган      органға      органда      органнан
кеңес      кеңеске      кеңесте      кеңестен
комиссия   комиссияға   комиссияда   комиссиядан
хатшылық   хатшылыққа   хатшылықта   хатшылықтан
елу        елуге        елуде        елуден
клуб       клубқа       клубта       клубтан
"""
NUMBERS = """
1   1-ге   1-де   1-ден
2   2-ге   2-де   2-ден
3   3-ке   3-те   3-тен
4   4-ке   4-те   4-тен
5   5-ке   5-те   5-тен
6   6-ға   6-да   6-дан
7   7-ге   7-де   7-ден
8   8-ге   8-де   8-ден
9   9-ға   9-да   9-дан
10  10-ға  10-да  10-нан
12  12-ге  12-де  12-ден
20  20-ға  20-да  20-дан
30  30-ға  30-да  30-дан
40  40-қа  40-та  40-тан
50  50-ге  50-де  50-ден
60  60-қа  60-та  60-тан
70  70-ке  70-те  70-тен
80  80-ге  80-де  80-нен
90  90-ға  90-да  90-нан
100  100-ге  100-де  100-ден
143  143-ке  143-те  143-тен
1000  1000-ға  1000-да  1000-нан
"""
TIMES = """
0:00   0:00-ге   0:00-де   0:00-ден
8:00   8:00-ге   8:00-де   8:00-ден
9:00   9:00-ге   9:00-де   9:00-ден
10:00  10:00-ге  10:00-де  10:00-ден
12:00  12:00-ге  12:00-де  12:00-ден
14:00  14:00-ге  14:00-де  14:00-ден
18:00  18:00-ге  18:00-де  18:00-ден
20:00  20:00-ге  20:00-де  20:00-ден
9:05   9:05-ке   9:05-те   9:05-тен
18:10  18:10-ға  18:10-да  18:10-нан
9:15   9:15-ке   9:15-те   9:15-тен
18:20  18:20-ға  18:20-да  18:20-дан
9:30   9:30-ға   9:30-да   9:30-дан
10:40  10:40-қа  10:40-та  10:40-тан
18:45  18:45-ке  18:45-те  18:45-тен
10:50  10:50-ге  10:50-де  10:50-ден
23:59  23:59-ға  23:59-да  23:59-дан
"""
CASES = (Case.DATIVE, Case.LOCATIVE, Case.ABLATIVE)


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines() if line]


@pytest.mark.parametrize("row", rows(MONTHS + WORDS), ids=lambda row: str(row[0]))
def test_a_word_takes_the_endings_of_its_last_vowel_and_sound(row: list[str]) -> None:
    word, *expected = row

    assert [in_case(word, case) for case in CASES] == expected


@pytest.mark.parametrize("row", rows(NUMBERS), ids=lambda row: str(row[0]))
def test_a_number_takes_the_endings_of_its_last_word_when_read(row: list[str]) -> None:
    number, *expected = row

    assert [number_in_case(int(number), case) for case in CASES] == expected


@pytest.mark.parametrize("row", rows(TIMES), ids=lambda row: str(row[0]))
def test_a_time_takes_the_endings_of_its_minutes_or_of_its_zeros(row: list[str]) -> None:
    time, *expected = row
    hour, minute = map(int, time.split(":"))

    assert [time_in_case(hour, minute, case) for case in CASES] == expected
