"""The functions of gmpy2 that are used, with types, which it does not state.

Its numbers, mpz, behave as int and are called int here.
"""

from __future__ import annotations

from collections.abc import Callable

import gmpy2

mpz: Callable[[int | str], int] = gmpy2.mpz
powmod: Callable[[int, int, int], int] = gmpy2.powmod
powmod_sec: Callable[[int, int, int], int] = gmpy2.powmod_sec  # in constant time
invert: Callable[[int, int], int] = gmpy2.invert
