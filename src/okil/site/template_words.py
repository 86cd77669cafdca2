"""Names of roles and stages for every template; built in, so no page loads them."""

from __future__ import annotations

from django import template

from okil.areas.bodies.queries import role_name
from okil.areas.elections.wording import stage_name

register = template.Library()
register.filter("role_name", role_name)
register.filter("stage_name", stage_name)
