"""Two regulations side by side: what one says and the other does not."""

from __future__ import annotations

from okil.pure.rules.regulation import QUESTIONS, Regulation
from okil.pure.rules.regulation.comparison import Change, changes, said


def test_two_equal_regulations_differ_in_nothing() -> None:
    one = Regulation(tie="lot", languages=("ru", "kk"))

    assert changes(one, Regulation(tie="lot", languages=("ru", "kk"))) == ()


def test_each_question_answered_otherwise_is_a_change_with_both_answers() -> None:
    before = Regulation(tie="lot", complaint_days=3, observers_obligatory=True)
    after = Regulation(tie="lot", complaint_days=5, languages=("kk",))

    assert changes(before, after) == (
        Change("complaint_days", 3, 5),
        Change("languages", None, ("kk",)),
        Change("observers_obligatory", True, None),
    )


def test_turned_round_each_change_is_turned_round() -> None:
    before, after = Regulation(tie="lot"), Regulation(tie="other", secrecy="open")

    there, back = changes(before, after), changes(after, before)

    assert [(each.question, each.after, each.before) for each in there] == [
        (each.question, each.before, each.after) for each in back
    ]


def test_changes_come_in_the_order_of_a_regulation() -> None:
    full = Regulation(archive_years=5, voter_kind="natural_person", tie="lot")

    names = [each.question for each in changes(Regulation(), full)]

    assert names == sorted(names, key=list(QUESTIONS).index)


def test_a_no_and_a_zero_are_answers() -> None:
    found = changes(Regulation(), Regulation(all_regions_involved=False, minimum_turnout_percent=0))

    assert [(each.question, each.after) for each in found] == [
        ("minimum_turnout_percent", 0),
        ("all_regions_involved", False),
    ]


def test_what_is_not_asked_under_the_other_answers_says_nothing() -> None:
    way = {"ru": "По решению собрания."}

    assert said("tie_text", Regulation(tie="lot", tie_text=way)) is None
    assert said("tie_text", Regulation(tie="other", tie_text=way)) == way
    assert changes(Regulation(tie="lot", tie_text=way), Regulation(tie="lot")) == ()
    assert [
        each.question
        for each in changes(Regulation(tie="lot"), Regulation(tie="other", tie_text=way))
    ] == ["tie", "tie_text"]
