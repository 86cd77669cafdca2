from __future__ import annotations

from django.urls import path

from okil.areas.bodies.views import (
    composition,
    decisions,
    groups,
    invitations,
    memberships,
    names,
    people,
    second_factors,
)

GROUP = "office/groups/<slug:slug>/"
SEAT = "office/seats/<int:pk>/"
ROLE = "office/people/<int:pk>/"
INVITATION = "office/people/invitations/<int:pk>/"

urlpatterns = [
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("office/people/", people.people, name="people"),
    path("office/people/search/", people.search, name="people_search"),
    path("office/people/invite/", invitations.invite, name="people_invite"),
    path(ROLE + "hand-over/", invitations.hand_over, name="role_hand_over"),
    path(ROLE + "end/", people.end_role, name="role_end"),
    path(INVITATION + "withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path(
        "office/people/second-factors/<int:number>/",
        second_factors.ask,
        name="second_factor_ask",
    ),
    path(
        "office/people/second-factors/asked/<int:pk>/",
        second_factors.settle,
        name="second_factor_settle",
    ),
    path("office/name/", names.own_name, name="own_name"),
    path("office/groups/", groups.groups, name="groups"),
    path("office/new-group/", groups.create, name="group_create"),
    path(GROUP, groups.inside, name="group_inside"),
    path(GROUP + "name/", groups.choose_name, name="group_name"),
    path(GROUP + "end/", groups.end, name="group_end"),
    path(GROUP + "seats/", groups.add_seat, name="seat_add"),
    path(SEAT + "close/", groups.close_seat, name="seat_close"),
    path(SEAT + "holder/", memberships.begin, name="membership_begin"),
    path(SEAT + "vacancy/", memberships.vacancy, name="vacancy_record"),
    path("office/memberships/<int:pk>/end/", memberships.end, name="membership_end"),
    path("office/composition/", composition.composition, name="composition"),
    path("office/decisions/<int:pk>/paper/", decisions.paper, name="decision_paper"),
]
