from okil.foundation.audit.tests.emptying import _journal_may_be_emptied

__all__ = ["_journal_may_be_emptied"]
