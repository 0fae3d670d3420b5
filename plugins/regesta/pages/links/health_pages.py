"""`/links/`: the page on the health of the archive's links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.model.defanging import refang
from regesta.model.verdicts import Verdict
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.languages.words import date_time
from regesta.pages.links.claim_rows import brief_reference, claim_html, cut, link_html
from regesta.pages.links.figures import trend_figure, verdict_bar
from regesta.pages.links.health import decision_on, read_health
from regesta.pages.links.tally_words import links_words, tally_sentence
from regesta.pages.links.verdict_chips import CHIPS, day_time, outside_link
from regesta.pages.sheet import Contents, Sheet, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.archive import Entry
    from regesta.model.link_states import LinkState
    from regesta.pages.languages.language import Language
    from regesta.pages.links.health import MisshapenLink
    from regesta.pages.site import PageLinks, Site

__all__ = ["HEALTH_PATH", "health_sheets"]

HEALTH_PATH = "links/index.md"
MOST_AUDITS = 24
_LONGEST_REASON = 200


def health_sheets(site: Site) -> Iterator[Sheet]:
    """Give the health page."""
    yield Sheet(
        path=HEALTH_PATH,
        title=site.language.say("Links"),
        description=site.language.say("Which links of {site} are still alive.", site=site.called),
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
        last=day_time(last.at.date(), site.language) if last else "",
        bar=verdict_bar(health.tally.by_verdict, site.language),
        verdicts=[(v, health.tally.by_verdict[v]) for v in Verdict if health.tally.by_verdict.get(v)],
        share=partial(_share, site.language) if health.tally.visited else None,
        sentence=tally_sentence(health.tally, site.language, in_notes=health.in_notes_only),
        links=links_words(health.tally.links, site.language, in_notes=health.in_notes_only),
        trend=trend_figure(audits, site.language) if len(audits) > 1 else "",
        audits=[(day_time(audit.at.date(), site.language), audit) for audit in reversed(audits)]
        if len(audits) > 1
        else [],
        audited=[v for v in Verdict if any(audit.counts.get(v) for audit in audits)],
        chips=CHIPS,
        queues=queues,
        misshapen=health.misshapen,
        defanged=health.defanged,
        most=site.sizes.links,
        state_row=state_row,
        misshapen_row=misshapen_row,
        defanged_row=defanged_row,
    )
    contents = [Contents(2, queue.id, site.language.say(queue.title)) for queue in queues]
    if health.misshapen:
        contents.append(Contents(2, "misshapen", site.language.say("Damaged addresses")))
    if health.defanged:
        contents.append(Contents(2, "defanged", site.language.say("Defanged addresses")))
    return Written(html, tuple(contents))


def _share(language: Language, number: int, total: int) -> str:
    """Say a share so that it is none only where there is none.

    >>> from regesta.pages.languages.language import ENGLISH
    >>> _share(ENGLISH, 1, 3), _share(ENGLISH, 1, 40000), _share(ENGLISH, 0, 5)
    ('33 %', 'under 1 %', '0 %')
    """
    if number and number * 100 < total:
        return language.say("under {share}", share=language.percent(0.01))
    return language.percent(number * 100 // total / 100 if total else 0)


def state_row(page: PageLinks, state: LinkState) -> Markup:
    """Write an address that waits: what rests on it, in which brief and line, what is known, and where to edit."""
    cited = state.cited_by[-1]
    entry = page.site.archive.by_path[cited.path]
    language = page.site.language
    others = len(state.cited_by) - 1
    place = _place(page, entry, cited.line, cited.footnote)
    if others:
        place += " " + language.say_n_html("and in {n} other place", "and in {n} other places", others)
    reason = ""
    if state.reason:
        # The audit writes the record in English, whatever the site speaks.
        said = text(cut(state.reason, _LONGEST_REASON))
        reason = f'<span class="rg-reason"{language.foreign("en")}>{said}</span>'
    moved = ""
    if state.verdict is Verdict.MOVED and state.final_url:
        said = language.say_html("Now at {address}", address=outside_link(state.final_url))
        moved = f'<span class="rg-reason">{said}</span>'
    return Markup(  # noqa: S704 - escaped here
        f'<li><span class="rg-when">{date_time(entry.brief.date, language)}</span>\n'
        f"<div>{claim_html(page, entry, cited.link, most=1)}"
        f'<p class="rg-linked">{link_html(page.site, state, cited)}{moved}{reason}</p>'
        f'<p class="rg-place">{place}'
        f"{_edit(page.site, cited.path)}</p></div></li>\n"
    )


def misshapen_row(page: PageLinks, found: MisshapenLink) -> Markup:
    """Write a link that is damaged, and the form that is proposed for it."""
    link, language = found.link, page.site.language
    proposed = ""
    if link.url:
        form = Markup(f"<code>{text(cut(link.url, 200))}</code>")  # noqa: S704 - escaped here
        proposed = f'<span class="rg-reason">{language.say_html("Proposed: {form}", form=form)}</span>'
    reason = f'<span class="rg-reason"{language.foreign("en")}>{text(cut(link.reason, _LONGEST_REASON))}</span>'
    return _misshapen(page, found, proposed + reason)


def defanged_row(page: PageLinks, found: MisshapenLink) -> Markup:
    """Write a link that was made harmless, the form that is meant, never as a link, and who has decided about it."""
    link, language = found.link, page.site.language
    said = ""
    if meant := link.url or refang(link.raw):
        form = Markup(f"<code>{text(cut(meant, 200))}</code>")  # noqa: S704 - escaped here
        said = f'<span class="rg-reason">{language.say_html("Means: {form}", form=form)}</span>'
    decision = decision_on(page.site, link)
    if decision is None:
        said += f'<span class="rg-reason">{language.say_html("Nobody has decided about it yet.")}</span>'
    elif decision.say == "keep-defanged":
        words = language.say("Kept defanged by {who}", who=cut(decision.by, 100)) if decision.by else ""
        words = words or language.say("Kept defanged by a decision")
        day = f", {day_time(decision.on, language)}" if decision.on else ""
        said += f'<span class="rg-reason">{text(words)}{day}</span>'
    return _misshapen(page, found, said)


def _misshapen(page: PageLinks, found: MisshapenLink, said: str) -> Markup:
    entry, link = found
    return Markup(  # noqa: S704 - escaped here
        f'<li><span class="rg-when">{date_time(entry.brief.date, page.site.language)}</span>\n'
        f"<div>{claim_html(page, entry, link, most=1)}"
        f'<p class="rg-linked"><span class="rg-defanged">{text(cut(link.raw, 200))}</span>{said}</p>'
        f'<p class="rg-place">{_place(page, entry, link.line, link.note)}'
        f"{_edit(page.site, entry.brief.path)}</p></div></li>\n"
    )


def _place(page: PageLinks, entry: Entry, line: int, note: str | None) -> Markup:
    language = page.site.language
    values = {"brief": Markup(brief_reference(page, entry)), "line": language.number(line)}  # noqa: S704 - escaped there
    if note is None:
        return language.say_html("{brief}, line {line}", **values)
    return language.say_html("{brief}, line {line}, note {label}", label=cut(entry.shown_note(note), 20), **values)


def _edit(site: Site, path: str) -> str:
    address = href(site.edit_address(path) or "")
    if not address:
        return ""
    words = text(site.language.say("Edit"))
    return f'<span class="rg-edit"> · <a href="{attribute(address)}" {EXTERNAL}>{words}</a></span>'
