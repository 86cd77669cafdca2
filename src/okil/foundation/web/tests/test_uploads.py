from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory, override_settings

from okil.foundation.web.uploads import MOST_BYTES

OURS = override_settings(FILE_UPLOAD_HANDLERS=["okil.foundation.web.uploads.InMemory"])


def taken_up(**contents: bytes) -> Mapping[str, object]:
    files = {name: SimpleUploadedFile(f"{name}.pdf", each) for name, each in contents.items()}
    with OURS:
        return RequestFactory().post("/", files).FILES


def test_a_file_larger_than_any_form_takes_stays_in_memory_and_is_cut() -> None:
    file = taken_up(paper=b"x" * (MOST_BYTES + 1000))["paper"]

    assert isinstance(file, InMemoryUploadedFile)
    assert file.size == MOST_BYTES
    assert len(file.read()) == MOST_BYTES


def test_two_files_do_not_run_into_each_other() -> None:
    files = taken_up(one=b"%PDF-one", two=b"%PDF-2")

    assert [file.read() for file in files.values() if isinstance(file, InMemoryUploadedFile)] == [
        b"%PDF-one",
        b"%PDF-2",
    ]
