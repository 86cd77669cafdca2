from okil.areas.bodies.models.bodies import Body, Decision
from okil.areas.bodies.models.groups import ElectoralGroup, Seat
from okil.areas.bodies.models.memberships import EndReason, Membership, Position, Vacancy
from okil.areas.bodies.models.people import (
    BODY_WIDE_ROLES,
    FactorReset,
    Invitation,
    Person,
    Role,
    RoleName,
)

__all__ = [
    "BODY_WIDE_ROLES",
    "Body",
    "Decision",
    "ElectoralGroup",
    "EndReason",
    "FactorReset",
    "Invitation",
    "Membership",
    "Person",
    "Position",
    "Role",
    "RoleName",
    "Seat",
    "Vacancy",
]
