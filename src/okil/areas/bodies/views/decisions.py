from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from okil.areas.bodies import access
from okil.areas.bodies.actions import decisions as actions
from okil.foundation.accounts import officer_required
from okil.foundation.web.clock import clock

CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@officer_required
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself. Its file name says nothing: it stays on the reader's disk."""
    visit, decision = access.paper_for(request.user, pk)
    kind = decision.paper_kind
    content = actions.open_paper(decision.pk, actor=visit.user, at=clock.now())
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="decision-{decision.pk}.{kind}"'},
    )
