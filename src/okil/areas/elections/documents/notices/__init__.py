"""Notices: the facts they tell, their text in three languages, and the papers made of both."""

from okil.areas.elections.documents.notices.facts import announcement_facts, notice_facts
from okil.areas.elections.documents.notices.papers import paper_facts
from okil.areas.elections.documents.notices.short import short_text
from okil.areas.elections.documents.notices.texts import GAP, draft_text

__all__ = [
    "GAP",
    "announcement_facts",
    "draft_text",
    "notice_facts",
    "paper_facts",
    "short_text",
]
