from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.voters import VOTERS
from okil.areas.elections.views import cards

urlpatterns = [
    path(VOTERS + "cards/", cards.cards, name="cards"),
    path(VOTERS + "cards/<int:batch>/withdraw/", cards.withdraw, name="cards_withdraw"),
]
