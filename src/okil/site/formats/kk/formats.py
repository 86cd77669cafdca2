r"""Kazakh: 2024 жылғы 12 қыркүйек, 18:00. A number and its word never part at a line end (\xa0)."""

from okil.site.formats import DATE_INPUT_FORMATS as DATE_INPUT_FORMATS
from okil.site.formats import DATETIME_INPUT_FORMATS as DATETIME_INPUT_FORMATS
from okil.site.formats import FIRST_DAY_OF_WEEK as FIRST_DAY_OF_WEEK
from okil.site.formats import TIME_INPUT_FORMATS as TIME_INPUT_FORMATS

DATE_FORMAT = "Y\xa0жылғы j\xa0E"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "Y\xa0жылғы j\xa0E, G:i"
YEAR_MONTH_FORMAT = "Y\xa0жылғы F"
MONTH_DAY_FORMAT = "j\xa0E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y, G:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
