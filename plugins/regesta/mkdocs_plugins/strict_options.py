"""Options that are refused when they are wrong: MkDocs warns of an unknown name and goes on without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mkdocs.config import base, config_options
from mkdocs.config.base import ValidationError

from regesta.model.own_fields import InvalidFields, OwnField, read_own_fields
from regesta.model.wording import nearest
from regesta.pages.security_policy import InvalidOrigin, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AtLeast", "Choices", "Fields", "Folders", "OneOf", "Origins", "StrictConfig"]

_T = TypeVar("_T")
_UNKNOWN = "Unrecognised configuration name: "


class StrictConfig(base.Config):
    """The options of one of our plugins."""

    def load_dict(self, patch: dict[str, Any]) -> None:
        """Take names with hyphens too, as commands and pyproject.toml have them."""
        super().load_dict({str(name).replace("-", "_"): value for name, value in (patch or {}).items()})

    def validate(self) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Turn MkDocs' warning of an unknown name into an error that names the nearest."""
        failed, warnings = super().validate()
        known = [name for name, _ in self._schema]
        for name, message in warnings:
            if message.startswith(_UNKNOWN):
                failed.append((name, ValidationError(f"There is no such option.{nearest(name, known)}")))
        return failed, [(name, message) for name, message in warnings if not message.startswith(_UNKNOWN)]


class OneOf(config_options.OptionallyRequired[_T], Generic[_T]):
    """One of some words."""

    def __init__(self, words: Iterable[_T], default: _T) -> None:
        """Take the words, each of which is what it stands for."""
        super().__init__(default=default)
        self._words = {str(word): word for word in words}

    def run_validation(self, value: object) -> _T:
        """Give the word, or name the nearest."""
        if isinstance(value, str) and value in self._words:
            return self._words[value]
        raise ValidationError(f"{value!r} is no choice.{nearest(value, self._words)}")


class Choices(config_options.OptionallyRequired[tuple[_T, ...]], Generic[_T]):
    """Some of some words, in the words' own order; all of them when nothing is set."""

    def __init__(self, words: Iterable[_T]) -> None:
        """Take the words, each of which is what it stands for."""
        self._words = {str(word): word for word in words}
        super().__init__(default=tuple(self._words.values()))

    def run_validation(self, value: object) -> tuple[_T, ...]:
        """Give what is chosen, or name the nearest to what is no choice."""
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple):
            raise ValidationError(f"Expected a list of {', '.join(self._words)}, not {value!r}.")
        for one in listed:
            if str(one) not in self._words:
                raise ValidationError(f"{one!r} is no choice.{nearest(one, self._words)}")
        chosen = {str(one) for one in listed}
        return tuple(word for name, word in self._words.items() if name in chosen)


class AtLeast(config_options.OptionallyRequired[int]):
    """A whole number that is not too small."""

    def __init__(self, least: int, default: int) -> None:
        """Take the least that makes sense."""
        super().__init__(default=default)
        self._least = least

    def run_validation(self, value: object) -> int:
        """Give the number."""
        if isinstance(value, bool) or not isinstance(value, int) or value < self._least:
            raise ValidationError(f"Expected a whole number from {self._least} on, not {value!r}.")
        return value


class Fields(config_options.OptionallyRequired[tuple[OwnField, ...]]):
    """Fields of briefs that are the archive's own."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(default=())

    def run_validation(self, value: object) -> tuple[OwnField, ...]:
        """Read what is declared."""
        if value == ():
            return ()
        try:
            return read_own_fields(value)
        except InvalidFields as error:
            raise ValidationError(str(error)) from error


class Origins(config_options.OptionallyRequired[tuple[str, ...]]):
    """Other hosts, each by an https address of it."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(default=())

    def run_validation(self, value: object) -> tuple[str, ...]:
        """Give the hosts as a policy calls them."""
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple):
            raise ValidationError(f"Expected a list of addresses such as 'https://stats.example', not {value!r}.")
        try:
            return tuple(dict.fromkeys(origin(str(host)) for host in listed))
        except InvalidOrigin as error:
            raise ValidationError(str(error)) from error


_FOLDER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Folders(config_options.OptionallyRequired[dict[str, str]]):
    """Other names for the folders of the site's pages."""

    def __init__(self, folders: Iterable[str], taken: Iterable[str]) -> None:
        """Take the folders that can be renamed, and the names that are no choice."""
        super().__init__(default={})
        self._folders, self._taken = tuple(folders), frozenset(taken)

    def run_validation(self, value: object) -> dict[str, str]:
        """Give the new names by the old; no two folders may have one."""
        if not isinstance(value, dict):
            raise ValidationError(f"Expected new names by old ones, such as 'people: persons', not {value!r}.")
        for name, new in value.items():
            if name not in self._folders:
                raise ValidationError(f"There is no folder {name!r}.{nearest(name, self._folders)}")
            if not isinstance(new, str) or not _FOLDER.fullmatch(new) or new in self._taken:
                raise ValidationError(
                    f"{name}: {new!r} is no name for a folder of pages. Write one word of a–z, 0–9 and hyphens, "
                    f"not {', '.join(sorted(self._taken))}."
                )
        names = [value.get(name, name) for name in self._folders]
        for name in names:
            if names.count(name) > 1:
                raise ValidationError(f"Two folders would be called {name!r}. Choose another name for one of them.")
        return dict(value)
