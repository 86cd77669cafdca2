from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from okil.foundation.notifications.tests.smtp_sink import smtp_sink

__all__ = ["_journal_may_be_emptied", "smtp_sink"]
