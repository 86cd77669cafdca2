from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import count, witnesses

HERE = ELECTION + "count/"

urlpatterns = [
    path(HERE, count.count, name="count"),
    path(HERE + "enter/", count.enter, name="count_enter"),
    path(HERE + "anew/", count.anew, name="count_anew"),
    path(HERE + "agreement/", count.agree, name="count_agree"),
    path(HERE + "reopen/", count.reopen, name="count_reopen"),
    path(HERE + "sheet/", count.issue_sheet, name="count_sheet"),
    path(HERE + "result/", count.result, name="count_result"),
    path(HERE + "tie/", count.tie, name="count_tie"),
    path(HERE + "witnesses/", witnesses.witnesses, name="witnesses"),
    path(HERE + "ties/<int:tie>/withdraw/", count.withdraw_tie, name="count_tie_withdraw"),
]
