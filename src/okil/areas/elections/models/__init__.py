from okil.areas.elections.models.admission import (
    AdmissionVote,
    Criterion,
    CriterionCheck,
    Relation,
)
from okil.areas.elections.models.applications import (
    CandidateCode,
    CandidatePaper,
    CandidateQuestion,
    Nomination,
)
from okil.areas.elections.models.assembly import Assembly, LotDraw, PaperGiven, Printing
from okil.areas.elections.models.candidates import (
    Candidate,
    Contestant,
    EmptyPost,
    Place,
)
from okil.areas.elections.models.ceremonies import CodeList, KeyCeremony, KeyHolder
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
from okil.areas.elections.models.questions import RuleQuestion
from okil.areas.elections.models.regulations import (
    AdoptedRegulation,
    CommonRules,
    RegulationDraft,
)
from okil.areas.elections.models.reminders import Reminder
from okil.areas.elections.models.results import Departure, Seating
from okil.areas.elections.models.retention import Destruction
from okil.areas.elections.models.several_roles import (
    Crossing,
    CrossingSide,
    MatchingKey,
    MatchingRun,
)
from okil.areas.elections.models.stages import (
    Election,
    Extension,
    GateAnswer,
    Move,
    Round,
    StageDates,
    Suspension,
)
from okil.areas.elections.models.voters import (
    Closing,
    DelegatesMeeting,
    RollInvitation,
    Voter,
)
from okil.areas.elections.models.voting import (
    BoardBallot,
    BoardHead,
    Credential,
    OnlineVote,
    Opening,
    Right,
    SpareIssued,
    WaitingBallot,
)

__all__ = [
    "ActionMark",
    "AdmissionVote",
    "AdoptedRegulation",
    "AgreedCount",
    "Assembly",
    "BoardBallot",
    "BoardHead",
    "Candidate",
    "CandidateCode",
    "CandidatePaper",
    "CandidateQuestion",
    "Closing",
    "CodeList",
    "CommonRules",
    "CommonStage",
    "Complaint",
    "Consultation",
    "Contestant",
    "CountEntry",
    "Credential",
    "Criterion",
    "CriterionCheck",
    "Crossing",
    "CrossingSide",
    "Cycle",
    "DeadlineKind",
    "DelegatesMeeting",
    "Departure",
    "Destruction",
    "Election",
    "EmptyPost",
    "Extension",
    "GateAnswer",
    "GroupDeadline",
    "KeyCeremony",
    "KeyHolder",
    "LotDraw",
    "MatchingKey",
    "MatchingRun",
    "Meeting",
    "Move",
    "Nomination",
    "Notice",
    "OnlineVote",
    "Opening",
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
    "Relation",
    "Remark",
    "Reminder",
    "Right",
    "RollInvitation",
    "Round",
    "RuleQuestion",
    "Seating",
    "Signature",
    "SpareIssued",
    "StageDates",
    "Suspension",
    "TieSettled",
    "Undertaking",
    "Voter",
    "WaitingBallot",
]
