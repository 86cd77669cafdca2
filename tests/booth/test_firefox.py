"""The same modules in Firefox, which is started with one page and tells by itself what it found."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from okil.pure.ballots.ballot import check_ballot, tracker
from okil.pure.ballots.election import read_election
from tests.booth.browsing import told
from tests.booth.test_edges import vectors

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE_SECONDS = 90


@pytest.mark.skipif(
    FIREFOX is None, reason="Firefox is not installed (apt-get install firefox-esr)"
)
def test_firefox_finds_what_chromium_finds(address: str, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    quiet = ("datareporting.policy.dataSubmissionEnabled", "app.normandy.enabled")
    settings = "".join(f'user_pref("{name}", false);\n' for name in quiet)
    (profile / "user.js").write_text(settings, encoding="utf-8")
    command = [str(FIREFOX), "--headless", "--no-remote", "--profile", str(profile)]

    with subprocess.Popen(
        [*command, f"{address}everything"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    ) as firefox:
        try:
            found = told.get(timeout=PATIENCE_SECONDS)
        finally:
            firefox.terminate()

    assert found["failures"] == []
    assert found["compared"] > 1000
    election = read_election(vectors("ballots")["cases"][0]["election"].encode())
    made = found["cast"]["result"]["ballot"].encode()
    assert check_ballot(election, made)
    assert found["cast"]["result"]["tracker"] == tracker(made)
