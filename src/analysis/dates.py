"""Days that are known to the year, the month or the day."""

import calendar
import datetime as dt
import re

from analysis.errors import DayError

ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MONTHS = list(calendar.month_abbr)
# What spreadsheets make of 2017-09-01 and of 2017-09.
REWRITTEN_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|(?<=/)[0-9]{2})")
REWRITTEN_NAMED = re.compile(r"([0-9]{1,2})-([A-Z][a-z]{2})-([0-9]{4}|[0-9]{2})")
# A day of any month, which may have fewer; and a day as it is spoken.
LOOSE = re.compile(r"(?!0000)([0-9]{4})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12][0-9]|3[0-9])")
SPOKEN = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)? ((?:{'|'.join(MONTHS[1:])})[a-z]*),? ([0-9]{{4}})", re.I
)
REWRITTEN_MONTH = re.compile(r"([A-Z][a-z]{2})-([0-9]{2})")


def is_date(text: str) -> bool:
    """Say whether ``text`` is a real year, month or day in ISO order.

    >>> [is_date(text) for text in ("2017", "2017-09", "2017-09-31", "01/09/2017")]
    [True, True, False, False]
    """
    match = ISO.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def readings(text: str) -> list[str]:
    """Return the ISO dates that a date rewritten by a spreadsheet may have been.

    >>> readings("01/09/2017"), readings("25/09/17"), readings("1-Sep-17")
    (['2017-09-01', '2017-01-09'], ['2017-09-25'], ['2017-09-01'])
    >>> readings("Sep-17")
    ['2017-09', '1917-09', '1817-09']
    """
    if (match := REWRITTEN_MONTH.fullmatch(text)) and match[1] in MONTHS:
        month = MONTHS.index(match[1])
        made = [f"{century}{match[2]}-{month:02}" for century in (20, 19, 18)]
    elif (match := REWRITTEN_NAMED.fullmatch(text)) and match[2] in MONTHS:
        made = [with_century(match[3], MONTHS.index(match[2]), int(match[1]))]
    else:
        made = list(by_order(text).values())
    today = dt.date.today().isoformat()
    return [date for date in dict.fromkeys(made) if is_date(date) and first_day(date) <= today]


def by_order(text: str) -> dict[str, str]:
    """Return the real days that a date in figures is, read day first and month first.

    >>> by_order("01/09/2017"), by_order("25/09/2017")
    ({'day first': '2017-09-01', 'month first': '2017-01-09'}, {'day first': '2017-09-25'})
    """
    match = REWRITTEN_DAY.fullmatch(text)
    if not match:
        return {}
    one, two, year = int(match[1]), int(match[3]), match[4]
    made = {"day first": with_century(year, two, one), "month first": with_century(year, one, two)}
    return {order: date for order, date in made.items() if is_date(date)}


def counted_day(text: str) -> str:
    """Return the ISO day that a spreadsheet's count of days from 1900 stands for, or nothing.

    >>> counted_day("45458"), counted_day("2017")
    ('2024-06-15', '')
    """
    if not re.fullmatch(r"[0-9]{5}", text):
        return ""
    return (dt.date(1899, 12, 30) + dt.timedelta(days=int(text))).isoformat()


def with_century(year: str, month: int, day: int) -> str:
    """Return an ISO day; of a year in two figures, the last such day that is not to come."""
    rest = f"-{month:02}-{day:02}"
    if len(year) == 4:
        return year + rest
    recent = f"20{year}{rest}"
    return recent if recent <= dt.date.today().isoformat() else f"19{year}{rest}"


def first_day(text: str) -> str:
    """Return the first ISO day of a year, month or day.

    >>> first_day("2017"), first_day("2017-09")
    ('2017-01-01', '2017-09-01')
    """
    return text + "-01-01"[len(text) - 4 :] if text else text


def last_day(text: str) -> str:
    """Return the last ISO day of a year, month or day.

    >>> last_day("2017"), last_day("2017-09")
    ('2017-12-31', '2017-09-30')
    """
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        days = calendar.monthrange(int(text[:4]), int(text[5:]))[1]
        return f"{text}-{days}"
    return text


def day_after(day: str) -> str:
    """Return the ISO day after ``day``.

    >>> day_after("2024-02-28")
    '2024-02-29'
    """
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def say_date(text: str) -> str:
    """Say a year, month or day as a reader would, as precisely as it is known.

    >>> say_date("2017-09-01"), say_date("2017-09"), say_date("2017")
    ('1 September 2017', 'September 2017', '2017')
    """
    match = ISO.fullmatch(text)
    if not match:
        return text
    year, month, day = match.groups()
    words = [str(int(day))] if day else []
    return " ".join(words + ([calendar.month_name[int(month)]] if month else []) + [year])


def say_when(text: str) -> str:
    """Say when, in a sentence: a day as it is written, a month or a year in words.

    >>> say_when("2017-09-01"), say_when("2017-09"), say_when("1897")
    ('on 2017-09-01', 'in September 2017', 'in 1897')
    """
    return f"on {text}" if len(text) == 10 else f"in {say_date(text)}"


def day_asked(asked: str | int | dt.date) -> str:
    """Return the ISO day that a reader asks for; empty means the day of the run.

    A year or a month means its first day. A date of Python's or of pandas' is one, too.

    Raises
    ------
    DayError
        If what was asked is not a date in ISO order; the message names the nearest.

    Examples
    --------
    >>> day_asked("2019-01"), day_asked(2019), day_asked(dt.date(2019, 1, 31))
    ('2019-01-01', '2019-01-01', '2019-01-31')
    """
    if asked == "":
        return dt.date.today().isoformat()
    text = asked.isoformat()[:10] if isinstance(asked, dt.date) else str(asked)
    if not is_date(text):
        raise DayError(
            f"'{text}' is not a day; write it as 2019-01-31, or as 2019-01 or 2019 for its first"
            f"{hint_of_day(text)}"
        )
    return first_day(text)


def hint_of_day(text: str) -> str:
    """Return what is wrong with a day that does not exist, and the dates that may be meant.

    >>> hint_of_day("2019-02-30")
    '; February 2019 has 28 days; did you mean 2019-02-28?'
    >>> hint_of_day("01/09/2017"), hint_of_day("1 September 2017"), hint_of_day("soon")
    ('; did you mean 2017-09-01 or 2017-01-09?', '; did you mean 2017-09-01?', '')
    """
    reason, near = "", readings(text)
    if match := LOOSE.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        last = calendar.monthrange(year, month)[1]
        if day > last:
            reason = f"; {say_date(f'{year:04}-{month:02}')} has {last} days"
        near = [f"{year:04}-{month:02}-{min(day, last):02}"]
    elif match := SPOKEN.fullmatch(text):
        names = [name.casefold() for name in MONTHS]
        month = names.index(match[2][:3].casefold())
        near = [date] if is_date(date := f"{match[3]}-{month:02}-{int(match[1]):02}") else []
    return f"{reason}; did you mean {' or '.join(near)}?" if near else reason


def days_of(as_of: str, published: str, inferred: str, accessed: str) -> tuple[str, str, str]:
    """Return the first and last day that a fact can speak of, and its date in words.

    >>> days_of("", "2018", "yes", "2026-11-22")
    ('2018-01-01', '2018-12-31', 'about 2018, date inferred')
    >>> days_of("", "", "", "2026-11-22")
    ('2026-11-22', '2026-11-22', 'undated, read November 2026')
    """
    date = as_of or published or accessed
    if not as_of and not published:
        words = f"undated, read {say_date(accessed[:7])}"
    elif inferred and as_of in ("", published):
        words = f"about {say_date(published)}, date inferred"
    else:
        words = say_date(as_of) if as_of else f"printed {say_date(published)}"
    return first_day(date), last_day(date), words
