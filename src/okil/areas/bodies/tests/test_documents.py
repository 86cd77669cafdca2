from __future__ import annotations

from pathlib import Path

from okil.areas.bodies.documents import roles_and_rights

PAGE = Path(__file__).parents[5] / "docs" / "roles.md"
AGAIN = (
    "Write it again: okil manage shell -v 0 -c 'from okil.areas.bodies.documents import "
    'roles_and_rights; print(roles_and_rights(), end="")\' > docs/roles.md'
)


def test_the_page_for_people_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == roles_and_rights(), AGAIN
