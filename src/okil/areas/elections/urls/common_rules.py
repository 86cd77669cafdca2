from __future__ import annotations

from django.urls import path

from okil.areas.elections.views import common_rules

urlpatterns = [
    path("office/common-rules/", common_rules.common_rules, name="common_rules"),
    path("office/common-rules/new/", common_rules.adopt, name="common_rules_adopt"),
    path("office/common-rules/groups/", common_rules.groups, name="common_rules_groups"),
]
