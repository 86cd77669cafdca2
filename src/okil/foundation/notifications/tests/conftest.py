from okil.foundation.notifications.tests.smtp_sink import smtp_sink

__all__ = ["smtp_sink"]
