from okil.areas.bodies.queries.bodies import the_body
from okil.areas.bodies.queries.groups import groups_in_force, groups_of, in_kazakh_order
from okil.areas.bodies.queries.memberships import (
    composition_of,
    compositions_of,
    cycles_with_memberships,
    memberships_of,
    positions_without_holder,
)
from okil.areas.bodies.queries.people import (
    has_name,
    next_person_number,
    officers_of,
    open_invitations,
    open_resets,
    people_named,
    people_of,
    roles_in_force,
    roles_of,
    secretariat,
)
from okil.areas.bodies.queries.words import role_name, role_names, roles_name

__all__ = [
    "composition_of",
    "compositions_of",
    "cycles_with_memberships",
    "groups_in_force",
    "groups_of",
    "has_name",
    "in_kazakh_order",
    "memberships_of",
    "next_person_number",
    "officers_of",
    "open_invitations",
    "open_resets",
    "people_named",
    "people_of",
    "positions_without_holder",
    "role_name",
    "role_names",
    "roles_in_force",
    "roles_name",
    "roles_of",
    "secretariat",
    "the_body",
]
