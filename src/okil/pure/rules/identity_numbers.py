"""Numbers of the State's registers: that of a person is never taken, that of an organisation may be.

Kazakhstan's numbers have twelve digits. A person's (IIN) begins with the day of birth; in an
organisation's (BIN) the fifth digit, where the day would begin, is 4, 5 or 6, and no day begins so.
"""

from __future__ import annotations

import re
from calendar import monthrange

LENGTH = 12
# Twelve digits in a row, or in groups as people write them; after a plus it is a telephone abroad.
_TWELVE = re.compile(r"(?<![0-9+])[0-9](?:[ \u00a0.\-]?[0-9]){11}(?![0-9])")
_CENTURIES = {0: 20, 1: 18, 2: 18, 3: 19, 4: 19, 5: 20, 6: 20}  # 0: a foreigner
_WEIGHTS = (tuple(range(1, 12)), (*range(3, 12), 1, 2))


def holds_identity_number(text: str) -> bool:
    """Does a text hold, anywhere, twelve digits that can be a person's number?"""
    return any(is_identity_number(found) for found in _TWELVE.findall(text))


def is_identity_number(typed: str) -> bool:
    """Can this be the number of a person: a day of birth, a century, and the control digit fits?"""
    digits = [int(sign) for sign in typed if sign in "0123456789"]
    return len(digits) == LENGTH and _begins_with_a_day(digits) and _control(digits) == digits[-1]


def is_of_a_person(typed: str) -> bool:
    """Twelve digits of which the fifth says that no organisation is meant, whether they fit or not."""
    digits = [sign for sign in typed if sign in "0123456789"]
    return len(digits) == LENGTH and digits[4] in "0123"


def _begins_with_a_day(digits: list[int]) -> bool:
    century = _CENTURIES.get(digits[6])
    year, month, day = (digits[place] * 10 + digits[place + 1] for place in (0, 2, 4))
    if century is None or not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(century * 100 + year, month)[1]


def _control(digits: list[int]) -> int:
    """Ten if no number of a person begins so."""
    control = 10
    for weights in _WEIGHTS:
        control = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
        if control < 10:
            break
    return control
