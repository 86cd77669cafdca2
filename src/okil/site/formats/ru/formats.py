r"""Russian: 12 сентября 2024, 18:00. A number and its word never part at a line end (\xa0)."""

from okil.site.formats import DATE_INPUT_FORMATS as DATE_INPUT_FORMATS
from okil.site.formats import DATETIME_INPUT_FORMATS as DATETIME_INPUT_FORMATS
from okil.site.formats import FIRST_DAY_OF_WEEK as FIRST_DAY_OF_WEEK
from okil.site.formats import TIME_INPUT_FORMATS as TIME_INPUT_FORMATS

DATE_FORMAT = "j\xa0E Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j\xa0E Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j\xa0E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y, G:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
