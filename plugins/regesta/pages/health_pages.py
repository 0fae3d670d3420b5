"""`/links/`: the page on the health of the archive's links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.verdicts import Verdict
from regesta.pages.claim_rows import brief_reference, claim_html, cut, link_html
from regesta.pages.figures import trend_figure, verdict_bar
from regesta.pages.health import read_health
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.sheet import Contents, Sheet, Written
from regesta.pages.verdict_chips import CHIPS, day_time, outside_link
from regesta.pages.words import count, date_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.link_states import LinkState
    from regesta.pages.health import MisshapenLink
    from regesta.pages.site import PageLinks, Site

__all__ = ["HEALTH_PATH", "health_sheets"]

HEALTH_PATH = "links/index.md"
MOST_AUDITS = 24
_LONGEST_REASON = 200


def health_sheets(site: Site) -> Iterator[Sheet]:
    """Give the health page."""
    yield Sheet(
        path=HEALTH_PATH,
        title="Links",
        description=f"Which links of {site.name or 'the archive'} are still alive.",
        write=lambda: _write(site),
    )


def _write(site: Site) -> Written:
    health = read_health(site)
    queues = [queue for queue in health.queues if queue.states]
    audits = site.watch.audits[-MOST_AUDITS:]
    last = site.watch.last_audit
    html = site.render(
        "links.html",
        HEALTH_PATH,
        health=health,
        tally=health.tally,
        kept=site.watch.is_kept,
        last=Markup(day_time(last.at.date())) if last else "",  # noqa: S704 - a date
        bar=verdict_bar(health.tally.by_verdict),
        verdicts=[(v, health.tally.by_verdict[v]) for v in Verdict if health.tally.by_verdict.get(v)],
        share=_share,
        trend=trend_figure(audits) if len(audits) > 1 else "",
        audits=[(Markup(day_time(audit.at.date())), audit) for audit in reversed(audits)] if len(audits) > 1 else [],  # noqa: S704
        audited=[v for v in Verdict if any(audit.counts.get(v) for audit in audits)],
        chips=CHIPS,
        queues=queues,
        misshapen=health.misshapen,
        most=site.sizes.links,
        state_row=state_row,
        misshapen_row=misshapen_row,
    )
    contents = [Contents(2, queue.id, queue.title) for queue in queues]
    if health.misshapen:
        contents.append(Contents(2, "misshapen", "Damaged addresses"))
    return Written(html, tuple(contents))


def _share(number: int, total: int) -> str:
    """Say a share so that it is none only where there is none.

    >>> _share(1, 3), _share(1, 40000), _share(0, 5)
    ('33 %', 'under 1 %', '0 %')
    """
    if number and number * 100 < total:
        return "under 1 %"
    return f"{number * 100 // total if total else 0} %"


def state_row(page: PageLinks, state: LinkState) -> Markup:
    """Write an address that waits: what rests on it, in which brief and line, what is known, and where to edit."""
    cited = state.cited_by[-1]
    entry = page.site.archive.by_path[cited.path]
    others = len(state.cited_by) - 1
    also = f" and in {count(others, 'other place')}" if others else ""
    where = f"line {cited.line:,}" + (f", note {text(cut(cited.footnote, 20))}" if cited.footnote is not None else "")
    reason = f'<span class="rg-reason">{text(cut(state.reason, _LONGEST_REASON))}</span>' if state.reason else ""
    moved = ""
    if state.verdict is Verdict.MOVED and state.final_url:
        moved = f'<span class="rg-reason">Now at {outside_link(state.final_url)}</span>'
    return Markup(  # noqa: S704 - escaped here
        f'<li><span class="rg-when">{date_time(entry.brief.date)}</span>\n'
        f"<div>{claim_html(page, entry, cited.link, most=1)}"
        f'<p class="rg-linked">{link_html(page.site, state, cited)}{moved}{reason}</p>'
        f'<p class="rg-place">{brief_reference(page, entry)}, {where}{also}'
        f"{_edit(page.site, cited.path)}</p></div></li>\n"
    )


def misshapen_row(page: PageLinks, found: MisshapenLink) -> Markup:
    """Write a link that is damaged, and the form that is proposed for it."""
    entry, link = found
    proposed = f'<span class="rg-reason">Proposed: <code>{text(cut(link.url, 200))}</code></span>' if link.url else ""
    where = f"line {link.line:,}" + (f", note {text(cut(link.note, 20))}" if link.note is not None else "")
    return Markup(  # noqa: S704 - escaped here
        f'<li><span class="rg-when">{date_time(entry.brief.date)}</span>\n'
        f"<div>{claim_html(page, entry, link, most=1)}"
        f'<p class="rg-linked"><span class="rg-defanged">{text(cut(link.raw, 200))}</span>{proposed}'
        f'<span class="rg-reason">{text(cut(link.reason, _LONGEST_REASON))}</span></p>'
        f'<p class="rg-place">{brief_reference(page, entry)}, {where}'
        f"{_edit(page.site, entry.brief.path)}</p></div></li>\n"
    )


def _edit(site: Site, path: str) -> str:
    address = href(site.edit_address(path) or "")
    return f' · <a href="{attribute(address)}" {EXTERNAL}>Edit</a>' if address else ""
