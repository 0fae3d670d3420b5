"""The theme, rendered once for each kind of page and not once for each page.

Material takes some milliseconds a page, and pages of one kind differ in a handful of places. So the theme renders a
page of each kind with tokens in these places, the result is cut at the tokens, and pages are put together from the
pieces. That this is the same is not believed: for each kind the second page is rendered in full too, and compared.
"""

from __future__ import annotations

import copy
import logging
import re
import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.structure.toc import AnchorLink, TableOfContents

from regesta.mkdocs_plugins.archive_page import TEMPLATE, ArchivePage
from regesta.mkdocs_plugins.other_plugins import forget_git_dates
from regesta.mkdocs_plugins.page_memory import Remembered
from regesta.mkdocs_plugins.skipped_pages import SKIPPED
from regesta.pages.security_policy import security_policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig

    from regesta.mkdocs_plugins.page_memory import PageMemory

__all__ = ["FastTemplate", "ThemeEnvironment"]

log = logging.getLogger("mkdocs.plugins.regesta")


class ThemeEnvironment:
    """The theme's environment, but for the template of our own pages.

    Whatever another plugin reads or sets reaches the environment itself. Replacing `get_template` there would reach the
    theme's inner templates and `404.html` too.
    """

    def __init__(self, environment: Environment, pages: FastTemplate) -> None:
        """Wrap an environment; `pages` takes the place of our template."""
        self._environment: Environment
        self.pages: FastTemplate
        vars(self).update(_environment=environment, pages=pages)

    def get_template(self, name: Any, *args: Any, **values: Any) -> Template | FastTemplate:  # noqa: ANN401
        """Give our template for our pages, the theme's for all others."""
        return self.pages if name == TEMPLATE else self._environment.get_template(name, *args, **values)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for the environment
        """Be the environment in everything else."""
        return getattr(self._environment, name)

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401 - stands for the environment
        """Set an attribute of the environment: other plugins replace its loader or its filters."""
        setattr(self._environment, name, value)


class Kind(NamedTuple):
    """What pages must share to be cut from one cloth."""

    base_url: str
    hub: str
    has_description: bool
    has_author: bool
    has_canonical: bool
    has_edit: bool
    has_contents: bool


class FastTemplate:
    """Renders pages of the archive. What MkDocs calls is `render`."""

    def __init__(
        self,
        environment: Environment,
        *,
        whole: str = "",
        load_from: Sequence[str] = (),
        memory: PageMemory | None = None,
        written: bool = False,
    ) -> None:
        """Take the theme's environment. `whole` says why pages must be rendered in full, if they must.

        Pages may load from the hosts of `load_from` besides their own; `memory` tells which are as the last build left
        them; `written` says that this build has written all of them already.
        """
        self._environment = environment
        self._written = written
        self._memory = memory
        self._template: Template | None = None
        self._first: dict[Kind, tuple[ArchivePage, dict[str, Any]]] = {}
        self._cut: dict[Kind, Shell | None] = {}
        self._items: ContentsItems | None = None
        self._load_from = load_from
        self._policies: dict[str, str] = {}
        self._config: MkDocsConfig | None = None
        if whole:
            log.info("Every page is rendered in full, since %s. This takes some milliseconds a page.", whole)
        self._whole = bool(whole)

    def render(self, context: dict[str, Any]) -> str:
        """Render one page; give nothing where the last build left it as it would be."""
        page: ArchivePage = context["page"]
        if self._written:
            SKIPPED.pages.add(page.file.src_uri)
            return ""
        whole = self._whole or page.file.inclusion.is_in_nav()
        if not whole and self._stands(page, context["base_url"]):
            return ""
        forget_git_dates(page)
        page.fill()
        try:
            # A page of the navigation is marked in it: no two are alike.
            return self._in_full(context) if whole else self._render(page, context)
        finally:
            page.empty()

    def _stands(self, page: ArchivePage, base_url: str) -> bool:
        """Tell whether the last build left a page as this one would make it."""
        if self._memory is None or page.sheet.made_of is None:
            return False
        remembered = self._memory.find(page.file.dest_uri)
        if remembered is None:
            return False
        shell = self._cut.get(_kind(page, base_url, has_contents=remembered.has_contents))
        if shell is None or self._memory.digest(page.sheet.made_of(), shell.frame(page)) != remembered.digest:
            return False
        self._memory.skip(page.file.dest_uri, remembered)
        SKIPPED.pages.add(page.file.src_uri)
        return True

    def _render(self, page: ArchivePage, context: dict[str, Any]) -> str:
        kind = _kind(page, context["base_url"], has_contents=bool(page.toc.items))
        if kind in self._cut:
            shell = self._cut[kind]
            if shell is None:
                return self._in_full(context)
            if self._memory is not None and page.sheet.made_of is not None:
                digest = self._memory.digest(page.sheet.made_of(), shell.frame(page))
                self._memory.keep(page.file.dest_uri, Remembered(digest, kind.has_contents))
            return shell.fill(page)
        whole = self._in_full(context)
        if kind not in self._first:
            self._first[kind] = (page, context)
            return whole
        first, first_context = self._first.pop(kind)
        if self._items is None:
            self._items = ContentsItems(self._environment)
        shell = Shell(self._template_of_pages(), self._items, kind, first, self._with_policy(first_context))
        if shell.fill(page) == whole:
            self._cut[kind] = shell
        else:
            self._cut[kind] = None
            log.info(
                "Pages such as '%s' are rendered in full: the theme, as it is overridden here, treats them one by one. "
                "This takes some milliseconds a page.",
                page.file.src_uri,
            )
        return whole

    def _in_full(self, context: Mapping[str, Any]) -> str:
        return self._template_of_pages().render(self._with_policy(context))

    def _with_policy(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Add what pages of this depth may load and run: scripts of the theme name the way to the top."""
        top = context["base_url"]
        if top not in self._policies:
            # A page without words: a script that came with somebody's words must not be allowed by its own hash.
            frame = copy.copy(context["page"])
            frame.content, frame.head, frame.title, frame.toc = "", "", "", TableOfContents([])
            frame.meta, frame.canonical_url, frame.edit_url = {}, None, None
            html = self._template_of_pages().render({**context, "page": frame})
            self._policies[top] = security_policy(html, self._load_from)
        return {**context, "policy": self._policies[top], "config": self._unsigned(context["config"])}

    def _unsigned(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the settings without the site's author: the theme would name them on pages of what nobody has signed."""
        if self._config is None:
            self._config = copy.copy(config)
            self._config.site_author = None
        return self._config

    def _template_of_pages(self) -> Template:
        if self._template is None:
            self._template = self._environment.get_template(TEMPLATE)
        return self._template


def _kind(page: ArchivePage, base_url: str, *, has_contents: bool) -> Kind:
    return Kind(
        base_url,
        page.hub.file.src_uri if page.hub else "",
        "description" in page.meta,
        "author" in page.meta,
        bool(page.canonical_url),
        bool(page.edit_url),
        has_contents,
    )


class Shell:
    """A page of one kind, cut into pieces where pages of that kind differ."""

    def __init__(
        self, template: Template, items: ContentsItems, kind: Kind, like: ArchivePage, context: dict[str, Any]
    ) -> None:
        """Render a page like `like`, whose own words are replaced by tokens that nobody can guess."""
        token = {name: f"regesta-{secrets.token_hex(16)}-{name}" for name in _SLOTS}
        page = copy.copy(like)
        page.title = token["title"]
        page.meta = {**like.meta, "title": token["title"]}
        for name in ("description", "author"):
            if name in page.meta:
                page.meta[name] = token[name]
        page.canonical_url = token["canonical"] if kind.has_canonical else None
        page.edit_url = token["edit"] if kind.has_edit else None
        page.content = f"<h1>{token['content']}"
        page.head = token["head"]
        lines = [AnchorLink(token["contents"], token["skip"], 2), AnchorLink(token["last"], token["last"], 2)]
        page.toc = TableOfContents(lines if kind.has_contents else [])
        page.active = True
        html = template.render({**context, "page": page})
        page.active = False
        html = html.replace(page.content, token["content"])
        html, self._between = _cut_contents(html, items, lines, token["contents"])
        self._items = items
        pattern = "|".join(re.escape(found) for found in token.values())
        names = {found: name for name, found in token.items()}
        parts = re.split(f"({pattern})", html)
        self._parts = parts
        self._slots = [(index, names[part]) for index, part in enumerate(parts) if part in names]
        around = "\0".join(names.get(part, part) for part in (*parts, self._between))
        self._digest = blake2b(around.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def frame(self, page: ArchivePage) -> tuple[str, ...]:
        """Give all that stands on a page around what its sheet writes."""
        return (self._digest, page.above, page.language, *_own_words(page).values())

    def fill(self, page: ArchivePage) -> str:
        """Put a page's own words into the slots."""
        values = {
            **_own_words(page),
            "content": page.content or "",
            "head": page.head,
            "contents": self._items.write(page.toc.items, self._between),
            "skip": page.toc.items[0].id if page.toc.items else "",
        }
        parts = self._parts.copy()
        for index, name in self._slots:
            parts[index] = values[name]
        return "".join(parts)


def _own_words(page: ArchivePage) -> dict[str, str]:
    """Give what a page says of itself before it is written."""
    return {
        "title": str(page.title),
        "description": str(page.meta.get("description", "")),
        "author": str(page.meta.get("author", "")),
        "canonical": page.canonical_url or "",
        "edit": page.edit_url or "",
    }


_SLOTS = ("title", "description", "author", "canonical", "edit", "content", "head", "contents", "skip", "last")


def _cut_contents(html: str, items: ContentsItems, lines: list[AnchorLink], token: str) -> tuple[str, str]:
    """Put the token where the table of contents has its lines; give also what stands between two lines."""
    first, last = (items.write([line], "") for line in lines)
    start = html.find(first)
    end = html.find(last, start)
    if start < 0 or end < 0:
        return html, ""
    return html[:start] + token + html[end + len(last) :], html[start + len(first) : end]


class ContentsItems:
    """Writes lines of a table of contents as the theme's own template does, having seen it do so."""

    def __init__(self, environment: Environment) -> None:
        """Learn the pieces from the theme."""
        template = environment.get_template("partials/toc-item.html")
        title, anchor = (f"regesta-{secrets.token_hex(16)}" for _ in range(2))
        self._names = {title: "title", anchor: "id"}
        item, child = AnchorLink(title, anchor, 2), AnchorLink("child", "child", 3)
        self._leaf = re.split(f"({title}|{anchor})", template.render(toc_item=item))
        child_html = template.render(toc_item=child)
        item.children = [child, child]
        before, self._between, self._after = template.render(toc_item=item).split(child_html)
        self._parent = re.split(f"({title}|{anchor})", before)

    def write(self, items: list[AnchorLink], between: str) -> str:
        """Write items and, within them, their children."""
        return between.join(map(self._item, items))

    def _item(self, item: AnchorLink) -> str:
        if not item.children:
            return self._filled(self._leaf, item)
        return self._filled(self._parent, item) + self.write(item.children, self._between) + self._after

    def _filled(self, parts: list[str], item: AnchorLink) -> str:
        values = {"title": str(item.title), "id": item.id}
        return "".join(values[self._names[part]] if part in self._names else part for part in parts)
