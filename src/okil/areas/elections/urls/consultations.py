from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE
from okil.areas.elections.views import consultations

HERE = CYCLE + "consultations/"
ONE = HERE + "<int:consultation>/"

urlpatterns = [
    path(HERE, consultations.consultations, name="consultations"),
    path(HERE + "new/", consultations.record, name="consultation_record"),
    path(ONE, consultations.consultation, name="consultation"),
    path(ONE + "correct/", consultations.correct, name="consultation_correct"),
]
