"""x"""

from datetime import timedelta


class InvalidDuration(ValueError): ...


def parse_duration(t: str) -> timedelta:
    return timedelta(days=int(t[:-1]))
