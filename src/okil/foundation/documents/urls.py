from __future__ import annotations

from django.urls import path

from okil.foundation.documents import views

urlpatterns = [
    path("verify/paper/", views.ask_for_code, name="paper_ask"),
    path("verify/paper/<str:code>/", views.paper, name="paper"),
]
