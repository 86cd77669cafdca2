from __future__ import annotations

import json
from pathlib import Path

from okil.site import vault_key
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.backup_words import said_in_a_sentence
from okil.site.command_line.installation import open_installation
from okil.site.command_line.words import sentence


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("backup", language)
    parser.option("--format", "option-format", choices=["text", "json"], default="text")
    parser.option("file", "backup-file", type=Path, metavar="FILE")
    chosen = parser.parse_args(arguments)

    open_installation(language)
    from okil.foundation.web.clock import clock
    from okil.site.backup import note_backup, write_backup

    path, at = chosen.file.absolute(), clock.now()
    with said_in_a_sentence():
        manifest = write_backup(path, at=at)
    note_backup(path, manifest, at=at)
    facts = {
        "path": str(path),
        "tables": len(manifest.tables),
        "rows": sum(table.rows for table in manifest.tables),
        "journal": manifest.journal_length,
        "last_hash": manifest.journal_last_hash,
        "place": vault_key.place(),
        "fingerprint": manifest.vault_fingerprint,
    }
    if chosen.format == "json":
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    for code in ("backup-written", "backup-without-key"):
        print(sentence(code, language, **facts))
    return 0
