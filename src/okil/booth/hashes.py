"""The SHA-256 of every file of the booth, as it is written here and served.

They are published with an election, so that anyone can compare what the own browser was given.
"""

from __future__ import annotations

from pathlib import Path

from okil.pure.encoding import sha256_hex

STATIC = Path(__file__).parent / "static"


def booth_hashes() -> dict[str, str]:
    """Path below the address of static files -> hash, in the order of the paths."""
    return {
        path.relative_to(STATIC).as_posix(): sha256_hex(path.read_bytes())
        for path in sorted(STATIC.rglob("*.js"))
    }


def listing(hashes: dict[str, str]) -> str:
    """The hashes as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {path}\n" for path, digest in hashes.items())


def fingerprint(hashes: dict[str, str]) -> str:
    """One hash for all files: the SHA-256 of their listing."""
    return sha256_hex(listing(hashes).encode())
