"""Places Anna held, for tests: by hand in one line, or any past there may be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from okil.pure.rules.rotation import Rotation, Rule, Tenure, may_stand

ANNA = 1
TERMS = {
    "2018": (date(2019, 1, 1), date(2021, 12, 31)),
    "2021": (date(2022, 1, 1), date(2024, 12, 31)),
    "2024": (date(2025, 1, 1), date(2027, 12, 31)),
}
NEXT_TERM = date(2028, 1, 1)
HERE, ELSEWHERE = 7, 8
ALL_SAID = Rule(alternates_count=True)


def held(cycle: str, position: str = "member", **facts: Any) -> Tenure:
    begins_on, ends_on = TERMS[cycle]
    term = {"begins_on": begins_on, "ends_on": ends_on, "group": HERE}
    return Tenure(person=ANNA, cycle=cycle, position=position, **{**term, **facts})


def asked(
    *tenures: Tenure, rule: Rule = ALL_SAID, position: str = "member", group: int | None = HERE
) -> Rotation:
    return may_stand(tenures, position=position, term_begins_on=NEXT_TERM, rule=rule, group=group)


def codes(found: Rotation) -> list[str]:
    return [reason.code for reason in found.reasons]


choices: st.SearchStrategy[dict[str, Any] | None] = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "position": st.sampled_from(["member", "alternate"]),
            "uncertain": st.booleans(),
            "group": st.sampled_from([HERE, ELSEWHERE, None]),
            "late": st.sampled_from([0, 100, 400, 800]),
            "early": st.sampled_from([0, 100, 250]),
        }
    ),
)


@st.composite
def pasts(draw: st.DrawFn) -> list[Tenure]:
    found = []
    for cycle, (begins_on, ends_on) in TERMS.items():
        for chosen in draw(st.lists(choices, max_size=2)):
            if chosen is not None:
                late, early = timedelta(chosen.pop("late")), timedelta(chosen.pop("early"))
                chosen |= {"begins_on": begins_on + late, "ends_on": ends_on - early}
                found.append(held(cycle, **chosen))
    return found
