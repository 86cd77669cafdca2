"""Drives Debian's belenios-tool in a folder, as its users do."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from okil.pure.ballots import credentials, group

VERSION = "2.0"


def is_here() -> bool:
    """Whether belenios-tool is installed in the one version that our documents name."""
    if shutil.which("belenios-tool") is None:
        return False
    said = subprocess.run(
        ["belenios-tool", "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    return said[:1] == [VERSION]


class Folder:
    """One election as belenios-tool keeps it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def tool(self, *arguments: str, given: bytes = b"") -> bytes:
        """What the tool prints; raises if it fails."""
        return subprocess.run(
            ["belenios-tool", *arguments],
            cwd=self.path,
            input=given,
            capture_output=True,
            check=True,
        ).stdout

    def verdict(self) -> tuple[int, str]:
        """Exit status and words of `election verify` on the one archive here."""
        done = subprocess.run(
            ["belenios-tool", "election", "verify"],
            cwd=self.path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def archive(self) -> Path:
        (archive,) = self.path.glob("*.bel")
        return archive

    def only(self, pattern: str) -> Path:
        (path,) = self.path.glob(pattern)
        return path

    uuid = ""
    members: Sequence[str] = ()

    def write(self, name: str, content: str) -> str:
        (self.path / name).write_text(content, encoding="utf-8")
        return name

    # Setting up

    def make_codes(self, voters: Sequence[str]) -> dict[str, str]:
        """Voter line -> short secret code; leaves public_creds.json behind."""
        self.uuid = self.tool("setup", "generate-token").decode().strip()
        self.write("voters.txt", "".join(f"{voter}\n" for voter in voters))
        self.tool(
            "setup", "generate-credentials", "--uuid", self.uuid, *GROUP, "--file", "voters.txt"
        )
        self.only("*.pubcreds").rename(self.path / "public_creds.json")
        lines = self.only("*.privcreds").read_text().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines)

    def make_single_trustees(self, count: int) -> None:
        for _ in range(count):
            self.tool("setup", "generate-trustee-key", *GROUP)
        keys = b"".join(path.read_bytes() for path in sorted(self.path.glob("*.pubkey")))
        (self.path / "public_keys.jsons").write_bytes(keys)
        self.tool("setup", "make-trustees")

    def make_threshold_trustees(self, threshold: int, size: int) -> None:
        """Its own ceremony of six steps, in its style 2.0."""
        step = ("setup", "generate-trustee-key-threshold", *GROUP, "--step")
        for _ in range(size):
            self.tool(*step, "1")
        names = [path.stem for path in sorted(self.path.glob("*.cert"))]
        certs = b"".join((self.path / f"{name}.cert").read_bytes() for name in names)
        (self.path / "certs.jsons").write_bytes(certs)
        self.tool(*step, "2", "--certs", "certs.jsons")
        for name in names:
            said = self.tool(
                *step, "3", "--certs", "certs.jsons", "--key", f"{name}.key",
                "--threshold", str(threshold),
            )  # fmt: skip
            (self.path / f"{name}.polynomial").write_bytes(said)
        polynomials = b"".join((self.path / f"{name}.polynomial").read_bytes() for name in names)
        (self.path / "polynomials.jsons").write_bytes(polynomials)
        shared = ("--certs", "certs.jsons", "--polynomials", "polynomials.jsons")
        self.tool(*step, "4", *shared)
        outputs = b""
        for name in names:
            outputs += self.tool(
                *step, "5", "--certs", "certs.jsons", "--key", f"{name}.key",
                given=(self.path / f"{name}.vinput").read_bytes(),
            )  # fmt: skip
        block = self.tool(*step, "6", *shared, given=outputs)
        (self.path / "threshold.json").write_bytes(block)
        self.write("public_keys.jsons", "")  # it wants one, also where nobody is alone
        self.members = names
        self.tool("setup", "make-trustees")

    def make_election(self, *questions: dict[str, Any]) -> None:
        template = {
            "description": "«Test»",
            "name": "G-07",
            "questions": list(questions),
            "administrator": "A-01",
            "credential_authority": "C-01",
        }
        self.write("template.json", json.dumps(template, ensure_ascii=False))
        self.tool(
            "setup", "make-election", "--uuid", self.uuid, *GROUP, "--template", "template.json"
        )
        self.tool("archive", "init")

    # Voting and counting

    def make_ballot(self, code: str, choices: list[list[int]]) -> bytes:
        credential = self.write("code.txt", code)
        paper = self.write("choices.json", json.dumps(choices))
        return self.tool("election", "generate-ballot", "--privcred", credential, "--ballot", paper)

    def add(self, kind: str, records: bytes = b"") -> None:
        self.tool("archive", "add-event", f"--type={kind}", given=records)

    def add_tally(self) -> None:
        self.add("EncryptedTally", self.tool("election", "compute-encrypted-tally"))

    def add_single_decryption(self, number: int) -> None:
        keys = sorted(self.path.glob("*.privkey"))
        key = keys[number - 1].name
        records = self.tool("election", "decrypt", "--privkey", key, "--trustee-id", str(number))
        self.add("PartialDecryption", records)

    def add_threshold_decryption(self, number: int) -> None:
        name = self.members[number - 1]
        records = self.tool(
            "election", "decrypt-threshold", "--key", f"{name}.key",
            "--decryption-key", f"{name}.dkey", "--trustee-id", str(number),
        )  # fmt: skip
        self.add("PartialDecryption", records)

    def add_result(self) -> list[list[Any]]:
        record = self.tool("election", "compute-result")
        self.add("Result", record)
        result: list[list[Any]] = json.loads(record)["result"]
        return result


GROUP = ("--group", group.NAME)


def secret_of_short_code(code: str, uuid: str) -> int:
    """The exponent that belenios-tool 2.0 derives from its own codes (PROTOCOL.md, section 4)."""
    value = 0
    digits = code.replace("-", "")
    for character in digits[:-1]:
        value = value * 58 + credentials.BASE58.index(character)
    assert (value + credentials.BASE58.index(digits[-1])) % 53 == 0, "not a code"
    derived = hashlib.pbkdf2_hmac("sha256", code.encode(), uuid.encode(), 1000, dklen=32)
    return int.from_bytes(derived, "big") % group.Q
