"""The one reader and the one writer of times: stamps of submissions, and when a lesson is due.

A time that cannot be known is never guessed. nbgrader's own reader takes a zone that it does not
know for UTC, and the offset `+0900` for 900 seconds; either costs somebody points for being late.

.. code-block:: text

    2026-02-02                          the first moment of that day
    2026-02-02 22:00                    in the course's time zone (UTC, if none is set)
    2026-02-02 22:00:00.123456 UTC      how nbgrader writes
    2026-02-02T22:00:00+09:00           ISO 8601; +0900 and +09, too, and Z
    2026-02-02 22:00 CEST               an abbreviation with one meaning, or of the course's zone
    2026-02-02 22:00 Europe/Berlin      a zone's name in the IANA database
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from slopewise.errors import CourseError, TimeError

SKEW = timedelta(minutes=5)
"""By how much two machines' clocks may differ before a time in the future is called wrong."""

_FORMAT = "%Y-%m-%d %H:%M:%S"
_LONGEST = 200  # characters; no time takes more
_WRITTEN = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d+))?)?)?"
    r"\s*(?P<zone>\S.*)?",
    re.ASCII,
)
_OFFSET = re.compile(
    r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?", re.ASCII
)
_LAYOUT_ZONE = re.compile(r"\s*%[Zz]\s*$")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)+", re.ASCII)

# What has one meaning in the IANA database of our years, in hours. CST, IST, BST and PST have
# several: they are known only where the course's own zone uses them.
_HOURS = {
    **{"Z": 0.0, "UT": 0.0, "UTC": 0.0, "GMT": 0.0, "WET": 0.0, "WEST": 1.0, "CET": 1.0},
    **{"CEST": 2.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "SAST": 2.0, "WAT": 1.0, "CAT": 2.0},
    **{"EAT": 3.0, "PKT": 5.0, "WIB": 7.0, "HKT": 8.0, "AWST": 8.0, "JST": 9.0, "KST": 9.0},
    **{"ACST": 9.5, "ACDT": 10.5, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0},
    **{"NST": -3.5, "NDT": -2.5, "AST": -4.0, "ADT": -3.0, "EST": -5.0, "EDT": -4.0},
    **{"MST": -7.0, "MDT": -6.0, "PDT": -7.0, "AKST": -9.0, "AKDT": -8.0, "HST": -10.0},
}


@dataclass(frozen=True)
class Clock:
    """How a course writes its times.

    Attributes:
        zone: an IANA name; where a time names no zone, it is meant in this one.
        layout: as for `strftime`; read beside the forms above.
    """

    zone: str = "UTC"
    layout: str = ""

    @property
    def timezone(self) -> tzinfo:
        """The zone.

        Raises:
            CourseError: there is none of that name.
        """
        found = _named(self.zone)
        if found is None:
            raise CourseError(
                f"c.Exchange.timezone: there is no time zone {self.zone!r}; use a name of the IANA "
                "database such as 'Europe/Berlin'"
            )
        return found

    def read(self, text: str, *, later: bool = False) -> datetime:
        """Return the time that a text names, in UTC and aware of it.

        Args:
            text: see the module.
            later: which one is meant of the two that a clock shows when it is set back, where the
                text does not say it: the later one. Otherwise the earlier one.

        Raises:
            TimeError: it names none that can be known.
        """
        text = text[: _LONGEST + 1].strip().replace("\N{MINUS SIGN}", "-")
        if len(text) > _LONGEST:
            raise TimeError("it is too long for a time")
        local, zone = self._split(text)
        try:
            return _in_utc(local, zone, self.timezone, later=later)
        except OverflowError:
            raise TimeError(f"{_shown(text)} is in no year that can be counted") from None

    def _split(self, text: str) -> tuple[datetime, str]:
        """The local time and what stands for its zone."""
        found = _WRITTEN.fullmatch(text)
        try:
            if found:
                second = int(found["second"] or 0)
                part = timedelta(microseconds=int((found["part"] or "0")[:6].ljust(6, "0")))
                day = datetime.strptime(found["date"], "%Y-%m-%d")
                local = day.replace(hour=int(found["hour"] or 0), minute=int(found["minute"] or 0))
                return local.replace(second=second) + part, (found["zone"] or "").strip()
            return self._by_layout(text)
        except (ValueError, OverflowError):
            raise TimeError(
                f"{_shown(text)} is no time; write it like 2026-02-02 22:00 UTC"
            ) from None

    def _by_layout(self, text: str) -> tuple[datetime, str]:
        layout, zoned = _LAYOUT_ZONE.subn("", self.layout)
        if not layout or "%z" in layout.lower():
            raise ValueError(text)
        if not zoned:
            return datetime.strptime(text, layout).replace(tzinfo=None), ""
        # strptime's own %Z knows UTC and the zone of the machine it runs on, nothing else.
        front, _, zone = text.rpartition(" ")
        return datetime.strptime(front.strip(), layout).replace(tzinfo=None), zone


def _in_utc(local: datetime, zone: str, own: tzinfo, *, later: bool) -> datetime:
    if offset := _OFFSET.fullmatch(zone.upper()):
        span = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        if span > timedelta(hours=15):
            raise TimeError(f"{_shown(zone)} is no time zone's distance from UTC")
        return _at(local, -span if offset["sign"] == "-" else span)
    if not zone:
        return _resolved(local, own, later=later)
    # Of the course's own zone an abbreviation says which side of a change of clocks is meant.
    for fold in (0, 1):
        placed = local.replace(tzinfo=own, fold=fold)
        if (placed.tzname() or "").upper() == zone.upper() and _exists(placed):
            return placed.astimezone(UTC)
    if zone.upper() in _HOURS:
        return _at(local, timedelta(hours=_HOURS[zone.upper()]))
    named = _named(zone) if _NAME.fullmatch(zone) else None
    if named is None:
        raise TimeError(
            f"{_shown(zone)} is no time zone that is known for sure; write UTC, a distance such as "
            "+09:00 or a name such as Europe/Berlin"
        )
    return _resolved(local, named, later=later)


def _resolved(local: datetime, zone: tzinfo, *, later: bool) -> datetime:
    """A local time in UTC; where clocks show it twice, as asked for."""
    placed = local.replace(tzinfo=zone, fold=int(later))
    if not _exists(placed):
        raise TimeError(f"{local:%Y-%m-%d %H:%M} was skipped when the clocks went forward")
    return placed.astimezone(UTC)


def _exists(placed: datetime) -> bool:
    back = placed.astimezone(UTC).astimezone(placed.tzinfo)
    return back.replace(tzinfo=None) == placed.replace(tzinfo=None)


def _at(local: datetime, offset: timedelta) -> datetime:
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)


def _named(name: str) -> tzinfo | None:
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # unknown, a path out of the database, a folder
        return None


def _shown(text: str) -> str:
    short = text if len(text) <= 60 else f"{text[:59]}…"
    return repr(short.encode("utf-8", "backslashreplace").decode())


def write_time(when: datetime) -> str:
    """Return a time as nbgrader and everybody else reads it: UTC, to the second.

    Args:
        when: aware of its zone, or in UTC.
    """
    return f"{in_utc(when):{_FORMAT}} UTC"


def in_utc(when: datetime) -> datetime:
    """Return a time aware of UTC; one without a zone, as the gradebook has it, is in UTC."""
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def for_gradebook(when: datetime) -> datetime:
    """Return a time as the gradebook has it: in UTC, without saying so."""
    return in_utc(when).replace(tzinfo=None)
