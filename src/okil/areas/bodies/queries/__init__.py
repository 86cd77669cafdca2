from okil.areas.bodies.queries.bodies import the_body
from okil.areas.bodies.queries.groups import (
    groups_in_force,
    groups_of,
    in_kazakh_order,
    relatives_of,
)
from okil.areas.bodies.queries.memberships import (
    composition_of,
    compositions_of,
    cycles_with_memberships,
    memberships_of,
    positions_without_holder,
    seats_in_force,
    vacancies_of,
)
from okil.areas.bodies.queries.people import (
    has_name,
    is_known,
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
    "is_known",
    "memberships_of",
    "next_person_number",
    "officers_of",
    "open_invitations",
    "open_resets",
    "people_named",
    "people_of",
    "positions_without_holder",
    "relatives_of",
    "role_name",
    "role_names",
    "roles_in_force",
    "roles_name",
    "roles_of",
    "seats_in_force",
    "secretariat",
    "the_body",
    "vacancies_of",
]
