from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION
from okil.areas.elections.views import several_roles as cycle
from okil.areas.elections.views import several_roles_groups as groups

HERE = ELECTION + "several-roles/"
ALL = CYCLE + "several-roles/"

urlpatterns = [
    path(ALL, cycle.several_roles, name="several_roles_cycle"),
    path(ALL + "key/", cycle.enter_key, name="matching_key"),
    path(ALL + "key/destroyed/", cycle.end_key, name="matching_key_end"),
    path(ALL + "compare/", cycle.run, name="matching_run"),
    path(HERE, groups.questions, name="several_roles"),
    path(HERE + "mine/", groups.mine, name="several_roles_mine"),
    path(
        HERE + "<slug:capacity>/<int:number>/<slug:situation>/",
        groups.rule,
        name="several_roles_rule",
    ),
]
