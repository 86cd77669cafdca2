from __future__ import annotations

from okil.foundation.documents import serve


def test_an_internal_file_is_kept_by_nobody_on_the_way() -> None:
    answer = serve(b"%PDF", "17-2024-v1-internal-ru.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="17-2024-v1-internal-ru.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_public_file_may_be_kept() -> None:
    assert serve(b"", "1-2024-v1-kk.html", is_public=True)["Cache-Control"].startswith("public")
