from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import assembly

HERE = ELECTION + "assembly/"

urlpatterns = [
    path(HERE, assembly.assembly, name="assembly"),
    path(HERE + "plan/", assembly.plan, name="assembly_plan"),
    path(HERE + "agenda/", assembly.agenda, name="assembly_agenda"),
    path(HERE + "agenda/order/", assembly.arrange, name="assembly_arrange"),
    path(HERE + "programme/", assembly.issue_programme, name="assembly_programme"),
    path(HERE + "programme/draft/", assembly.draft_programme, name="assembly_draft"),
    path(HERE + "attendance/", assembly.issue_sheet, name="assembly_attendance"),
    path(HERE + "papers/<int:file>/", assembly.paper, name="assembly_paper"),
]
