from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import board

BOARD = PUBLIC_ELECTION + "board/"

urlpatterns = [
    path("verify/", board.how_to_check, name="verify"),
    path("verify/ballot/", board.find_ballot, name="verify_ballot"),
    path(BOARD, board.newest, name="group_board"),
    path(BOARD + "<slug:uuid>.bel", board.archive, name="group_board_archive"),
    path(BOARD + "<slug:uuid>/", board.earlier, name="group_board_of"),
    path(BOARD + "<slug:uuid>/<str:name>", board.file, name="group_board_file"),
    path(ELECTION + "board/check/", board.check, name="board_check"),
]
