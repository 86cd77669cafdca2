"""The secret online ballot: made, cast, counted and checked (PROTOCOL.md, docs/verification.md)."""
