"""The Election Regulation as a paper (7.28): `adopted_facts` gathers it, `compose` writes it.

Public by kind, since it holds no personal data; who reads the file is for the view to decide, because a
group may keep its regulation to itself.
"""

from okil.areas.elections.documents.officers import kind_for
from okil.areas.elections.documents.regulations.facts import adopted_facts, draft_facts
from okil.areas.elections.documents.regulations.text import compose
from okil.areas.elections.queries.regulation_papers import ELECTION_REGULATION
from okil.foundation.documents.kinds import PUBLIC, register

__all__ = ["ELECTION_REGULATION", "adopted_facts", "compose", "draft_facts"]

register(kind_for(ELECTION_REGULATION, "7.28", compose, audiences=(PUBLIC,), is_editable=True))
