"""What mkdocs.yml says of the archive, read without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from regesta.reading.folder import Unreadable, read_settings_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["SITE_OPTIONS", "InvalidSiteConfig", "SiteConfig", "publishes", "read_site_config"]

DEFAULT_SOURCE = "briefs_src"

SITE_OPTIONS = frozenset({"audit", "health", "page_size", "score", "sources"})
"""Options of `regesta/links` that say something to the site or to the audit, and nothing to a check."""


class InvalidSiteConfig(ValueError):
    """A mkdocs.yml that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """What commands need to know of a site."""

    source: Path = Path(DEFAULT_SOURCE)
    """The archive's source folder."""
    docs: Path | None = None
    """The folder of hand-written pages; none without a mkdocs.yml."""
    has_archive: bool = True
    """Whether the site is said to have one. Without a mkdocs.yml there is nothing but an archive."""
    own_fields: frozenset[str] = frozenset()
    """Fields of briefs that the archive has declared."""
    check: Mapping[str, object] = field(default_factory=dict)
    """The options of `regesta/links` that a check goes by, as they are written."""
    audit: Mapping[str, object] = field(default_factory=dict)
    """What `regesta/links` sets for the audit, as it is written."""
    site_name: str = ""
    site_url: str = ""
    directory_urls: bool = True
    """Whether a page is `a/` and not `a.html`."""
    unpublished: str = ""
    """Patterns of hand-written pages that MkDocs leaves out of what it builds: `draft_docs` and `exclude_docs`."""
    blogs: tuple[str, ...] = ()
    """Folders of hand-written pages in which Material's blog reads `draft:`."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """Other names for the folders of the site's pages."""
    repo_url: str = ""
    """Where the archive's files are kept on the web."""
    edit_uri: str | None = None
    """From there to where the hand-written pages are edited; none when it is not set."""


def publishes(config: SiteConfig, path: str) -> bool:
    """Tell whether MkDocs builds a hand-written page, whatever its front matter says. `path` counts from `docs/`."""
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - few pages say that they are drafts

    if any(path.startswith(blog) and "posts/" in path for blog in config.blogs):
        return False
    return not GitIgnoreSpec.from_lines(["/templates/", ".*", *config.unpublished.splitlines()]).match_file(path)


def read_site_config(folder: Path) -> SiteConfig:
    """Read the mkdocs.yml of a folder, or give the defaults when there is none; raise `InvalidSiteConfig`."""
    file = folder / "mkdocs.yml"
    try:
        data = _load(file)
    except FileNotFoundError:
        return SiteConfig(source=folder / DEFAULT_SOURCE)
    except Unreadable as error:
        raise InvalidSiteConfig(str(error)) from error
    except (OSError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidSiteConfig(f"{file}: cannot be read: {error}") from error
    plugins = data.get("plugins") if isinstance(data, dict) else None
    named = _options(plugins, "regesta/briefs")
    options = named or {}
    source, fields = options.get("source"), options.get("fields")
    top = data if isinstance(data, dict) else {}
    links = _options(plugins, "regesta/links") or {}
    docs, repo_url, edit_uri = (top.get(name) for name in ("docs_dir", "repo_url", "edit_uri"))
    return SiteConfig(
        source=folder / (source if isinstance(source, str) and source else DEFAULT_SOURCE),
        has_archive=named is not None,
        docs=folder / (docs if isinstance(docs, str) and docs else "docs"),
        own_fields=frozenset(str(name) for name in fields) if isinstance(fields, dict | list) else frozenset(),
        check={name: value for name, value in links.items() if str(name).replace("-", "_") not in SITE_OPTIONS},
        audit=_audit(links.get("audit"), file),
        site_name=site_name if isinstance(site_name := top.get("site_name"), str) else "",
        site_url=site_url if isinstance(site_url := top.get("site_url"), str) else "",
        directory_urls=top.get("use_directory_urls") is not False,
        unpublished="\n".join(
            str(top[name]) for name in ("exclude_docs", "draft_docs") if isinstance(top.get(name), str)
        ),
        blogs=tuple(_blogs(plugins)),
        folders=paths if isinstance(paths := options.get("paths"), dict) else {},
        repo_url=repo_url if isinstance(repo_url, str) else "",
        edit_uri=edit_uri if isinstance(edit_uri, str) else None,
    )


def _blogs(plugins: object) -> Iterator[str]:
    for name in ("blog", "material/blog"):
        if (options := _options(plugins, name)) is not None:
            folder = options.get("blog_dir", "blog")
            yield "" if folder in {".", "./"} else f"{str(folder).strip('/')}/"


def _audit(options: object, file: Path) -> Mapping[str, object]:
    # What is meant to keep hosts from being visited must not be passed over.
    if options is not None and not isinstance(options, dict):
        raise InvalidSiteConfig(
            f"{file}: regesta/links, audit: Expected options such as 'max_age: 28d', not {options!r}."
        )
    return options or {}


def _options(plugins: object, wanted: str) -> Mapping[str, Any] | None:
    """Find the options of a plugin in a list or mapping of plugins: MkDocs allows both. None without the plugin."""
    groups = plugins if isinstance(plugins, list) else [plugins]
    listed = [pair for group in groups if isinstance(group, dict) for pair in group.items()]
    listed += [(name, None) for name in groups if isinstance(name, str)]
    found = [options for name, options in listed if name == wanted]
    return (found[0] if isinstance(found[0], dict) else {}) if found else None


_MOST_PARENTS = 10


def _load(file: Path, parents: int = 0) -> object:
    """Read a file and those from which it inherits, as MkDocs does: mappings are merged, all else is replaced."""
    written = read_settings_file(file)
    if written is None:
        raise FileNotFoundError(file)
    _refuse_excess(written)
    data = yaml.load(written, Loader=_Tolerant)  # noqa: S506 - a safe loader, see below
    parent = data.get("INHERIT") if isinstance(data, dict) else None
    if not isinstance(parent, str):
        return data
    if parents == _MOST_PARENTS:
        raise ValueError(f"More than {_MOST_PARENTS} files inherit from one another.")
    try:
        inherited = _load(file.parent / parent, parents + 1)
    except FileNotFoundError as error:
        raise ValueError(f"INHERIT names no file: {parent!r}.") from error
    return _merged(inherited, data)


def _merged(under: object, over: object) -> object:
    if isinstance(under, dict) and isinstance(over, dict):
        return {**under, **{key: _merged(under.get(key), value) for key, value in over.items()}}
    return over


_DEEPEST = 100


_MOST_REPEATED = 100_000


def _refuse_excess(written: bytes) -> None:
    """Refuse what nests so deep that the loader, which recurses in C, would end the process; and aliases of aliases.

    A few lines of those stand for more values than any memory holds, and a message that quotes them never ends.
    """
    sizes: dict[str, int] = {}
    repeated = 0
    open_ones: list[tuple[str | None, int]] = [(None, 0)]
    for event in yaml.parse(written, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((event.anchor, 1))
            if len(open_ones) > _DEEPEST + 1:
                raise ValueError(f"It nests deeper than {_DEEPEST} levels.")
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, size = open_ones.pop()
            if anchor:
                sizes[anchor] = size
        elif isinstance(event, yaml.AliasEvent):
            size = sizes.get(event.anchor or "", 1)
            repeated += size
            if repeated > _MOST_REPEATED:
                raise ValueError(f"Its aliases repeat more than {_MOST_REPEATED:,} values.")
        elif isinstance(event, yaml.ScalarEvent):
            size = 1
        else:
            continue
        name, so_far = open_ones[-1]
        open_ones[-1] = (name, so_far + size)


class _Tolerant(yaml.CSafeLoader):
    """Makes nothing of the tags that MkDocs and its extensions use, such as `!ENV` and `!!python/name:…`."""


def _nothing(_loader: yaml.CSafeLoader, _suffix: str, _node: yaml.Node) -> None:
    return None


_Tolerant.add_multi_constructor("!", _nothing)
_Tolerant.add_multi_constructor("tag:", _nothing)
