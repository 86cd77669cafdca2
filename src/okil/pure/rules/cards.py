"""The code on a card by which one person registers (PROTOCOL.md, section 16).

Written like a ticket, and no ticket: what checks it is made in another way, so that neither can be
taken for the other.
"""

from __future__ import annotations

from okil.pure.encoding import sha256_hex
from okil.pure.rules.tickets import make_ticket, read_ticket, shown_ticket

make_card = make_ticket
read_card = read_ticket
shown_card = shown_ticket


def check_of_card(code: str) -> str:
    """What is stored of a card instead of its code."""
    return sha256_hex(f"card|{code}".encode())
