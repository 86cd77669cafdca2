from okil.areas.bodies.queries.bodies import the_body
from okil.areas.bodies.queries.groups import groups_in_force, groups_of, in_kazakh_order
from okil.areas.bodies.queries.memberships import (
    composition_of,
    cycles_with_memberships,
    memberships_of,
    positions_without_holder,
)
from okil.areas.bodies.queries.people import (
    next_person_number,
    officers_of,
    open_invitations,
    open_resets,
    people_named,
    roles_in_force,
    secretariat,
)

__all__ = [
    "composition_of",
    "cycles_with_memberships",
    "groups_in_force",
    "groups_of",
    "in_kazakh_order",
    "memberships_of",
    "next_person_number",
    "officers_of",
    "open_invitations",
    "open_resets",
    "people_named",
    "positions_without_holder",
    "roles_in_force",
    "secretariat",
    "the_body",
]
