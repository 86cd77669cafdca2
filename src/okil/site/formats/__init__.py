"""How dates, times and numbers are written: a folder per language, read by Django.

What people may type is the same in every language. Two-digit years and slashes are refused:
a birth year 65 would silently become 2065, and 11/09 is another day in another country.
"""

DATE_INPUT_FORMATS = [
    "%d.%m.%Y",  # 11.09.2024, also 11.9.2024
    "%Y-%m-%d",  # 2024-09-11, what a browser's date field sends
]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M"]
DATETIME_INPUT_FORMATS = [
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",  # as we print it
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",  # what a browser's date and time field sends
    "%Y-%m-%d %H:%M:%S",
]
FIRST_DAY_OF_WEEK = 1  # Monday
