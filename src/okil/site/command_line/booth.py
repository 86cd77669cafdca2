"""`okil booth hashes`: what the booth's files must hash to, wherever a browser got them."""

from __future__ import annotations

import json

from okil.booth.hashes import booth_hashes, fingerprint, listing
from okil.site.command_line import words
from okil.site.command_line.arguments import Arguments

SENTENCES: dict[str, dict[str, str]] = {
    "booth-act": {
        "ru": "hashes: перечислить файлы и их SHA-256",
        "kk": "hashes: файлдарды және олардың SHA-256 мәндерін көрсету",
        "en": "hashes: list the files and their SHA-256",
    },
    "booth-format": {
        "ru": "text или json (по умолчанию text)",
        "kk": "text немесе json (әдепкісі text)",
        "en": "text or json (text by default)",
    },
    "booth-listing": {
        "ru": "Файлы под /static/; список читает sha256sum --check. Хеш всего списка:",
        "kk": "/static/ ішіндегі файлдар; тізімді sha256sum --check оқиды. Бүкіл тізімнің хеші:",
        "en": "Files below /static/; sha256sum --check reads this list. The hash of the whole list:",
    },
}

words.SENTENCES.update(SENTENCES)


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("booth", language)
    parser.option("act", "booth-act", choices=["hashes"])
    parser.option("--format", "booth-format", choices=["text", "json"], default="text")
    chosen = parser.parse_args(arguments)

    hashes = booth_hashes()
    if chosen.format == "json":
        facts = {
            "fingerprint": fingerprint(hashes),
            "files": [{"path": path, "sha256": digest} for path, digest in hashes.items()],
        }
        print(json.dumps(facts))
    else:
        print(f"# {words.sentence('booth-listing', language)} {fingerprint(hashes)}")
        print(listing(hashes), end="")
    return 0
