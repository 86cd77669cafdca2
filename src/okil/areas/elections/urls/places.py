"""Where the addresses of this area begin."""

CYCLE = "office/cycles/<int:year>/"
ELECTION = "office/cycles/<int:year>/groups/<slug:slug>/"
PUBLIC_CYCLE = "cycles/<int:year>/"
PUBLIC_ELECTION = "cycles/<int:year>/groups/<slug:slug>/"
