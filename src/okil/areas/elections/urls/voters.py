from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION
from okil.areas.elections.views import lists, relations, voters

VOTERS = ELECTION + "voters/"
LISTS = ELECTION + "lists/"

urlpatterns = [
    path(VOTERS, voters.voters, name="voters"),
    path(VOTERS + "new/", voters.enter, name="voter_enter"),
    path(VOTERS + "list/", voters.paste, name="voters_paste"),
    path(VOTERS + "<int:number>/", voters.voter, name="voter"),
    path(VOTERS + "<int:number>/change/", voters.change, name="voter_change"),
    path(VOTERS + "<int:number>/withdraw/", voters.withdraw, name="voter_withdraw"),
    path(VOTERS + "<int:number>/relation/", relations.voter_relation, name="voter_relation"),
    path(
        VOTERS + "<int:number>/relation/mistake/",
        relations.voter_relation_back,
        name="voter_relation_back",
    ),
    path(LISTS, lists.lists, name="lists"),
    path(LISTS + "close/", lists.close, name="lists_close"),
    path(LISTS + "roll/", lists.issue_roll, name="roll_issue"),
    path(LISTS + "hand-over/", lists.hand_over, name="list_hand_over"),
    path(LISTS + "empty/", lists.empty_post, name="post_empty"),
    path(LISTS + "papers/<int:file>/", lists.paper, name="list_paper"),
    path(CYCLE + "lists/", lists.candidate_lists, name="candidate_lists"),
]
