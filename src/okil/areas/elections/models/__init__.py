from okil.areas.elections.models.assembly import Assembly, LotDraw, PaperGiven, Printing
from okil.areas.elections.models.candidates import (
    AdmissionVote,
    Candidate,
    Contestant,
    Criterion,
    EmptyPost,
    Place,
)
from okil.areas.elections.models.complaints import Complaint
from okil.areas.elections.models.consultations import Consultation
from okil.areas.elections.models.count import AgreedCount, CountEntry, TieSettled
from okil.areas.elections.models.cycles import CommonStage, Cycle
from okil.areas.elections.models.notices import Notice, Publication
from okil.areas.elections.models.officers import (
    Meeting,
    OrganisationKind,
    PartnerLetter,
    Presence,
    Undertaking,
)
from okil.areas.elections.models.packages import Package, PackageCheck
from okil.areas.elections.models.plan import (
    ActionMark,
    DeadlineKind,
    GroupDeadline,
    OwnDay,
    PlanAction,
)
from okil.areas.elections.models.protocols import Protocol, Remark, Signature
from okil.areas.elections.models.regulations import (
    AdoptedRegulation,
    CommonRules,
    RegulationDraft,
)
from okil.areas.elections.models.results import Departure, Seating
from okil.areas.elections.models.stages import (
    Election,
    Extension,
    GateAnswer,
    Move,
    Round,
    StageDates,
    Suspension,
)
from okil.areas.elections.models.voters import Closing, RollInvitation, Voter

__all__ = [
    "ActionMark",
    "AdmissionVote",
    "AdoptedRegulation",
    "AgreedCount",
    "Assembly",
    "Candidate",
    "Closing",
    "CommonRules",
    "CommonStage",
    "Complaint",
    "Consultation",
    "Contestant",
    "CountEntry",
    "Criterion",
    "Cycle",
    "DeadlineKind",
    "Departure",
    "Election",
    "EmptyPost",
    "Extension",
    "GateAnswer",
    "GroupDeadline",
    "LotDraw",
    "Meeting",
    "Move",
    "Notice",
    "OrganisationKind",
    "OwnDay",
    "Package",
    "PackageCheck",
    "PaperGiven",
    "PartnerLetter",
    "Place",
    "PlanAction",
    "Presence",
    "Printing",
    "Protocol",
    "Publication",
    "RegulationDraft",
    "Remark",
    "RollInvitation",
    "Round",
    "Seating",
    "Signature",
    "StageDates",
    "Suspension",
    "TieSettled",
    "Undertaking",
    "Voter",
]
