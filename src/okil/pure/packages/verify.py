"""The ten numbered checks of a group's package (docs/packages.md).

Every check reads what the checks before it found. The first that fails ends the verification.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from okil.pure.encoding import sha256_hex
from okil.pure.packages import counts, kinds, rounds
from okil.pure.packages.facts import PERSON_LISTS, commitment, public_facts, same
from okil.pure.packages.failures import Faulty
from okil.pure.packages.forms import FORMAT, MANIFEST
from okil.pure.packages.journal import (
    cases_decided,
    remarks_filed_after,
    require_acts_before,
    require_moves,
    require_standing,
    require_whole,
)
from okil.pure.packages.reading import read_zip
from okil.pure.packages.regulations import require_counted_by, rules_of
from okil.pure.packages.sheets import read_sheet
from okil.pure.packages.signatures import Signing, require_scans, require_signed
from okil.pure.packages.writing import fingerprint
from okil.pure.rules.count_sheet import CountSheet, UnreadableSheet
from okil.pure.rules.plan import NotAPlan, plan_from
from okil.pure.rules.signing import ABSENT, SIGNED

Json = Mapping[str, Any]
SAME_IN_MANIFEST = ("body", "cycle", "group", "round")


@dataclass(frozen=True)
class CheckResult:
    """One check: `ok` is None if it was not reached. `facts` fill the gaps of its sentence."""

    number: int
    ok: bool | None = None
    reason: str | None = None
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Warned:
    """Something that is allowed and worth knowing."""

    code: str
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    checks: Sequence[CheckResult]
    warnings: Sequence[Warned]
    manifest: Json | None = None  # None: check 2 did not pass
    fingerprint: str | None = None

    @property
    def verified(self) -> bool:
        return all(check.ok for check in self.checks)


@dataclass
class Examination:
    """One verification on its way. A check reads only what the checks before it have set."""

    raw: bytes
    fingerprint: str | None  # the one that was handed over
    files: dict[str, bytes] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)  # what each file holds, by path
    manifest: Json | None = None
    warnings: list[Warned] = field(default_factory=list)
    sheet: CountSheet = field(init=False)

    @property
    def heading(self) -> Json:
        assert self.manifest is not None  # set by check 2
        return self.manifest

    @property
    def facts(self) -> Json:
        found: Json = self.read[kinds.INTERNAL]
        return found

    @property
    def single_candidate(self) -> Any:
        """What the regulation says about a single candidate (REG-92)."""
        return self.read[kinds.REGULATION]["answers"].get("single_candidate")

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.heading["made_at"])

    def of_kind(self, code: str) -> list[str]:
        return sorted(path for path in self.files if kinds.BY_CODE[code].holds(path))

    def warn(self, code: str, **facts: Any) -> None:
        self.warnings.append(Warned(code, facts))


def verify(raw: bytes, *, fingerprint: str | None = None) -> Report:
    """Checks the package; raises NotAPackage if the bytes do not begin as a ZIP.

    `fingerprint`: the one that the journal or the results page states. Without it, a package that was
    made anew from beginning to end cannot be told from the right one.
    """
    examination = Examination(raw, fingerprint)
    results: dict[int, CheckResult] = {}
    for number, check in CHECKS.items():
        try:
            results[number] = CheckResult(number, True, facts=check(examination))
        except Faulty as faulty:
            results[number] = CheckResult(number, False, faulty.reason, faulty.facts)
            break
    manifest = examination.manifest
    return Report(
        checks=[results.get(number, CheckResult(number)) for number in CHECKS],
        warnings=examination.warnings,
        manifest=manifest,
        fingerprint=None if manifest is None else _fingerprint(examination),
    )


def _fingerprint(examination: Examination) -> str:
    return fingerprint(examination.files[kinds.MANIFEST])


# 1


def check_file(examination: Examination) -> Json:
    """The file is a plain ZIP: no strange or double paths, nothing encrypted, hidden or endless."""
    examination.files = read_zip(examination.raw)
    return {"files": len(examination.files), "bytes": len(examination.raw)}


# 2


def check_manifest(examination: Examination) -> Json:
    """The manifest is in its one writing and of a format we know, and the one that was announced."""
    raw = examination.files.get(kinds.MANIFEST)
    if raw is None:
        raise Faulty("manifest-missing")
    manifest = kinds.read_plain(raw, kinds.MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Faulty("format-unknown")
    try:
        MANIFEST.check(manifest, "")
    except Faulty as faulty:
        raise Faulty(faulty.reason, path=kinds.MANIFEST, **faulty.facts) from faulty
    examination.manifest = manifest
    found = _fingerprint(examination)
    if examination.fingerprint is None:
        examination.warn("fingerprint-not-compared")
    elif examination.fingerprint != found:
        raise Faulty("fingerprint-differs", found=found, wanted=examination.fingerprint)
    return {"fingerprint": found}


# 3


def check_files(examination: Examination) -> Json:
    """Every file is listed once, is what its hash says, of a kind that may be here, and in its form."""
    listed = examination.heading["files"]
    paths = [each["path"] for each in listed]
    for path in paths:
        if paths.count(path) > 1:
            raise Faulty("listed-twice", path=path)
        if path not in examination.files or path == kinds.MANIFEST:
            raise Faulty("file-missing", path=path)
    for path in sorted(examination.files.keys() - {kinds.MANIFEST, *paths}):
        raise Faulty("file-not-listed", path=path)
    for each in listed:
        _require_listed_rightly(examination.files[each["path"]], each)
    for kind in kinds.KINDS:
        found = len(examination.of_kind(kind.code))
        if not kind.least <= found <= kind.most:
            facts = {"found": found, "least": kind.least, "most": kind.most}
            raise Faulty("files-of-a-kind", kind=kind.code, **facts)
    for path in paths:
        examination.read[path] = kinds.read_file(path, examination.files[path])
    return {"files": len(listed)}


def _require_listed_rightly(raw: bytes, listed: Json) -> None:
    path, kind = listed["path"], listed["kind"]
    if kind in kinds.NEVER:
        raise Faulty("kind-forbidden", path=path, kind=kind)
    if kind not in kinds.BY_CODE:
        raise Faulty("kind-unknown", path=path, kind=kind)
    if not kinds.BY_CODE[kind].holds(path):
        raise Faulty("kind-elsewhere", path=path, kind=kind)
    if listed["bytes"] != len(raw):
        raise Faulty("size-differs", path=path, said=listed["bytes"], found=len(raw))
    if listed["sha256"] != sha256_hex(raw):
        raise Faulty("hash-differs", path=path)


# 4


def check_journal(examination: Examination) -> Json:
    """The journal's rows are as written, and tell of this round up to the package, and no further."""
    rows, heading = examination.read[kinds.JOURNAL], examination.heading
    require_whole(rows, heading["journal"])
    require_standing(rows, examination.facts["journal"], heading["journal"])
    require_acts_before(rows, examination.made_at)
    state = require_moves(rows, heading["round"]["number"], heading["round"]["kind"])
    return {"rows": len(rows), "length": heading["journal"]["length"], "state": state.value}


# 5


def check_facts(examination: Examination) -> Json:
    """The facts are those that were committed to, and the public ones differ only as they must."""
    facts, public = examination.facts, examination.read[kinds.PUBLIC]
    heading = examination.heading
    stated = heading["protocol"]
    if facts["audience"] != "internal":
        raise Faulty("audience-wrong")
    for name, path in (("internal_sha256", kinds.INTERNAL), ("public_sha256", kinds.PUBLIC)):
        if stated[name] != sha256_hex(examination.files[path]):
            raise Faulty("facts-hash-differs", path=path)
    if stated["commitment"] != commitment(bytes.fromhex(stated["salt"]), facts):
        raise Faulty("commitment-differs")
    for name in SAME_IN_MANIFEST:
        if facts[name] != heading[name]:
            raise Faulty("manifest-differs-from-facts", place=name)
    for name in ("number", "version"):
        if facts[name] != stated[name]:
            raise Faulty("manifest-differs-from-facts", place=f"protocol.{name}")
    _require_version(facts)
    _require_regions(facts["voters"])
    _require_public(facts, public)
    for path in ("internal", "public"):
        if not any(each.startswith(f"protocol/{path}.") for each in examination.of_kind(PAPER)):
            raise Faulty("paper-missing", audience=path)
    return {"number": facts["number"], "commitment": stated["commitment"]}


PAPER = "protocol-file"


def _require_version(facts: Json) -> None:
    """A correction names the protocol before it, and has a reason."""
    version, before = facts["version"], facts["supersedes"]
    is_wrong = (version == 1) != (before is None)
    if version > 1:
        is_wrong = is_wrong or before == facts["number"] or not any(facts["reason"].values())
    if is_wrong:
        raise Faulty("version-inconsistent", version=version)


def _require_regions(voters: Json) -> None:
    regions = [row["region"] for row in voters["by_region"]]
    if len(set(regions)) != len(regions):
        raise Faulty("region-twice")
    if sum(row["registered"] for row in voters["by_region"]) != voters["registered"]:
        raise Faulty("regions-differ-from-roll")


def _require_public(internal: Json, public: Json) -> None:
    expected = public_facts(internal)
    if same(public, expected):
        return
    for name in PERSON_LISTS:
        for person, wanted in zip(public[name], expected[name], strict=False):
            _require_no_name(person, wanted)
    _require_no_name(public["organiser"], expected["organiser"])
    least = internal["voters"]["small_cell"]
    for row in public["voters"]["by_region"]:
        if row["registered"] < least and row["registered"] != internal["voters"]["registered"]:
            raise Faulty("cell-too-small", region=row["region"], least=least)
    for name, value in expected.items():
        if not same(public[name], value):
            raise Faulty("public-differs", place=name)


def _require_no_name(person: Json, wanted: Json) -> None:
    if person["name"] and not wanted["name"]:
        raise Faulty("name-not-consented", number=person["number"])


# 6


def check_signatures(examination: Examination) -> Json:
    """Every officer signed exactly this, each with a row of the journal, or their absence is stated."""
    stated = examination.heading["protocol"]
    files = {path: sha256_hex(examination.files[path]) for path in examination.of_kind(PAPER)}
    signatures = examination.read[kinds.SIGNATURES]
    signing = Signing(
        facts=examination.facts,
        internal_sha256=stated["internal_sha256"],
        public_sha256=stated["public_sha256"],
        files=files,
        made_at=examination.made_at,
    )
    require_signed(signing, signatures, examination.read[kinds.JOURNAL])
    require_scans(examination.of_kind("signature-scan"), signatures)
    for each in signatures:
        if each["kind"] != SIGNED:
            examination.warn(each["kind"], role=each["role"], number=each["number"])
    absent = sum(each["kind"] == ABSENT for each in signatures)
    return {"signed": len(signatures) - absent, "absent": absent}


# 7


def check_sheet(examination: Examination) -> Json:
    """The count sheet is that of the facts, can be true, and is what two members counted."""
    data, facts = examination.read[kinds.SHEET], examination.facts
    if not same(data, facts["count"]):
        raise Faulty("sheet-differs-from-facts")
    try:
        sheet = read_sheet(data, examination.heading["round"]["kind"])
    except UnreadableSheet as error:
        raise Faulty("sheet-unreadable", unreadable=error) from error
    counts.require_numbered(facts, sheet)
    counts.require_numbers(facts, sheet)
    entries = examination.read[kinds.ENTRIES]
    differing = (
        *counts.differing_lines(facts, entries, sheet, rounds.counters_of_the_sheet(facts)),
        *rounds.require_votes(facts, entries, sheet),
    )
    if differing:
        examination.warn("counts-differed", places=", ".join(differing))
    told = [vote["papers"] for vote in rounds.votes_told(facts)] or [facts["papers"]]
    unequal = sum(len(papers["differences"]) for papers in told)
    if unequal:
        examination.warn("papers-differ", differences=unequal)
    examination.sheet = sheet
    return {"voted": sheet.voted, "registered": sheet.registered}


# 8


def check_result(examination: Examination) -> Json:
    """Counting again gives the result, the decision and each candidate's votes."""
    stated, single_candidate = examination.read[kinds.RESULT], examination.single_candidate
    result = counts.require_result(examination.facts, examination.sheet, stated, single_candidate)
    if not result.decided:
        examination.warn("undecided")
    return {"members": len(result.winners), "alternates": len(result.alternates)}


# 9


def check_regulation(examination: Examination) -> Json:
    """The rules by which was counted are those of the group's regulation; the plan can be read."""
    regulation, stated = examination.read[kinds.REGULATION], examination.heading["regulation"]
    facts = examination.facts["process"]["regulation"]
    digest = sha256_hex(examination.files[kinds.REGULATION])
    if not digest == stated["sha256"] == facts["sha256"]:
        raise Faulty("regulation-hash-differs")
    if not regulation["version"] == stated["version"] == facts["version"]:
        raise Faulty("regulation-differs-from-facts", place="version")
    for name in ("adopted_by", "adopted_on"):
        if regulation[name] != facts[name]:
            raise Faulty("regulation-differs-from-facts", place=name)
    _require_cases(examination)
    rules = rules_of(regulation, examination.sheet)
    require_counted_by(
        rules,
        examination.sheet,
        round_kind=examination.heading["round"]["kind"],
        decided=regulation["decided_here"],
    )
    if examination.facts["voters"]["small_cell"] != rules.cell:
        raise Faulty("small-cell-differs")
    size, members = rules.commission_size, len(examination.facts["commission"])
    if size not in (None, members):
        raise Faulty("commission-of-another-size", said=size, found=members)
    try:
        plan = plan_from(examination.read[kinds.PLAN])
    except NotAPlan as error:
        raise Faulty("plan-unreadable") from error
    return {"version": regulation["version"], "actions": len(plan.actions)}


def _require_cases(examination: Examination) -> None:
    """The decisions for this election alone are those of the journal."""
    rows, length = examination.read[kinds.JOURNAL], examination.facts["journal"]["length"]
    decided = cases_decided(rows, length)
    told = examination.facts["process"]["regulation"].get("for_this_case")
    if told is None:  # drawn up before protocols named them
        if decided:
            examination.warn("cases-not-told", cases=decided.total())
        return
    named = Counter(each["asked"] for each in told)
    for asked in sorted(named - decided):
        raise Faulty("case-not-in-the-journal", asked=asked)
    for asked in sorted(decided - named):
        raise Faulty("case-kept-silent", asked=asked)


# 10


def check_annexes(examination: Examination) -> Json:
    """The applications are those of the elected, no remark is left out, the checklist is true."""
    facts = examination.facts
    elected = {*facts["decision"]["members"], *facts["decision"]["alternates"]}
    applications = {_number_in(path) for path in examination.of_kind("application")}
    for number in sorted(applications - elected):
        raise Faulty("application-of-another", number=number)
    for number in sorted(elected - applications):
        raise Faulty("application-missing", number=number)
    remarks = _require_remarks(examination)
    if examination.read[kinds.CHECKLIST] != kinds.checklist_of(list(_listed(examination))):
        raise Faulty("checklist-differs")
    return {"applications": len(applications), "remarks": remarks}


def _require_remarks(examination: Examination) -> int:
    """Those that the protocol annexes, and those filed after it was drawn up, by the journal: they go
    with the package, and need no other protocol."""
    facts, paths = examination.facts, examination.of_kind("remark")
    annexed = facts["observers"]["remarks"]
    later = remarks_filed_after(examination.read[kinds.JOURNAL], facts["journal"]["length"])
    wanted = [*range(1, annexed + 1), *later]
    if len(paths) != len(wanted):
        raise Faulty("remarks-differ", said=len(wanted), found=len(paths))
    for path in paths:
        number = examination.read[path]["number"]
        if number != _number_in(path) or number not in wanted:
            raise Faulty("remark-number-wrong", path=path)
    if paths:
        examination.warn("remarks", remarks=len(paths))
    if later:
        examination.warn("remarks-later", remarks=len(later))
    return len(paths)


def _listed(examination: Examination) -> Iterator[str]:
    return (path for path in examination.files if path != kinds.MANIFEST)


def _number_in(path: str) -> int:
    return int(path.rpartition("/")[2].partition(".")[0])


CHECKS: Mapping[int, Callable[[Examination], Json]] = {
    1: check_file,
    2: check_manifest,
    3: check_files,
    4: check_journal,
    5: check_facts,
    6: check_signatures,
    7: check_sheet,
    8: check_result,
    9: check_regulation,
    10: check_annexes,
}
