"""What pages say of links: chips, copies, queues, sources, data files. Everything in the record is hostile."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.archive import Archive, read_entry
from regesta.model.audits import AuditRun
from regesta.model.briefs import read_document
from regesta.model.decisions import read_decisions
from regesta.model.ledger import LinkRecord
from regesta.model.mentions import Names
from regesta.model.site_paths import SitePaths
from regesta.model.sources import Sources, read_source_record
from regesta.model.urls import parse_url
from regesta.model.verdicts import Observation, Verdict
from regesta.model.watch import Watch
from regesta.pages.addresses import Addresses
from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.languages.language import language_of
from regesta.pages.links.health_pages import health_sheets
from regesta.pages.links.links_data import links_csv, links_json
from regesta.pages.links.source_pages import LONGEST_LIST, source_sheets
from regesta.pages.site import Site
from regesta.pages.writing.body_writer import BodyHtml, write_body
from regesta.pages.writing.brief_links import BriefLinks
from regesta.pages.writing.link_writer import Places

GOLDEN = Path(__file__).parent / "golden"
LARGEST_PAGE = 200_000

STRIKE = """---
title: The strike
date: 2020-09-09
publisher: Harbour Studies
---
The ferry sank at night.[^1] Nobody drowned.[^2]

The minister “regrets” this.[^3]

[^1]: Beacon, <https://beacon.example/ferry>; <https://www.harbour.example/a>
[^2]: <https://beacon.example/gone>
[^3]: <https://minister.example/x>; `hxxps://trap[.]example/y`; <htp://ferry.example/z>
"""
LATER = STRIKE.replace("2020-09-09", "2021-03-01").replace("The strike", "A year later").replace("Harbour", "Upland")


def entry(text: str, path: str = "briefs/2020/strike.md"):
    """Read a brief."""
    return read_entry(read_document(path, text.encode()), Names([]))


def record(url: str, verdict: str = "dead", **more: object) -> LinkRecord:
    """Make a record with three visits."""
    says = Verdict.DEAD if verdict == "failing" else Verdict(verdict)
    days = (date(2026, 3, 1), date(2026, 3, 4), date(2026, 11, 7))
    reason = str(more.pop("reason", "The server says that there is no such page (404)." if says.is_gone else ""))
    evidence = tuple(Observation(day, "", says, 404 if says.is_gone else 200, "", None, reason) for day in days)
    fields = {"since": days[0], "failures": 3 if says.is_gone else 0, "reason": reason, "evidence": evidence}
    return LinkRecord(url=parse_url(url) or url, verdict=Verdict(verdict), **{**fields, **more})  # type: ignore[arg-type]


COPY = "https://web.archive.org/web/20200911093000/https://beacon.example/ferry"
RECORDS = (
    record("https://beacon.example/ferry", mementos={"2020-09-09": COPY}),
    record("https://beacon.example/gone", "soft-404", mementos={"2020-09-09": "none"}),
    record("https://www.harbour.example/a", "live"),
    record("https://minister.example/x", "restricted", reason="A program is turned away (403)."),
    record("http://ferry.example/z", "moved", final_url="https://ferry.example/new"),
)
AUDITS = tuple(
    AuditRun(
        at=datetime(2026, month, 25, 3, tzinfo=UTC),
        vantage="",
        version="1",
        due=5,
        visited=5,
        counts={Verdict.LIVE: 5 - month % 3, Verdict.DEAD: month % 3},
        seen_since=date(2026, month, 20),
    )
    for month in (9, 10, 11)
)


def watch(*records: LinkRecord, decisions: str = "", audits: tuple[AuditRun, ...] = AUDITS) -> Watch:
    """Give what is known of links."""
    return Watch(
        ledger={one.url: one for one in sorted(records, key=lambda one: one.url)},
        decisions=read_decisions(decisions),
        audits=audits,
        sources=Sources([read_source_record("beacon", "name: The Beacon\nhosts: [beacon.example]")]),
    )


def site(known: Watch, *texts: str) -> Site:
    """Make a site of briefs."""
    paths = [f"briefs/2020/brief-{number}.md" for number in range(len(texts))]
    entries = [entry(text, path) for text, path in zip(texts, paths, strict=True)]
    bodies = {}
    for path, text, read in zip(paths, texts, entries, strict=True):
        notes = BriefLinks(read, known) if known.is_kept else None
        places = Places(Addresses(), SitePaths(frozenset(paths)), {})
        bodies[path] = write_body(read_document(path, text.encode()), [], places, brief_links=notes)
    return Site(
        archive=Archive.of(entries, []),
        bodies=bodies,
        name="Register",
        watch=known,
        with_sources=True,
        edit_address=lambda path: f"https://code.example/edit/{path}",
    )


def pages(made: Site) -> dict[str, str]:
    """Write all pages that speak of links."""
    sheets = [*brief_sheets(made), *health_sheets(made), *source_sheets(made)]
    return {sheet.path: sheet.write().html for sheet in sheets}


def notes(known: Watch, text: str = STRIKE) -> BeautifulSoup:
    """Write the notes of a brief."""
    return BeautifulSoup(site(known, text).bodies["briefs/2020/brief-0.md"].notes, "lxml")


@pytest.mark.parametrize("path", ["links/index.md", "sources/beacon.example.md", "briefs/2020/brief-0.md"])
def test_pages_look_as_they_did(path):
    """The health page, a source's page and a brief's are as the golden files have them."""
    html = pages(site(watch(*RECORDS), STRIKE, LATER))[path]
    golden = GOLDEN / f"{path.replace('/', '-').removesuffix('.md')}.html"
    if os.environ.get("REGESTA_WRITE_GOLDEN"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")


def test_a_dead_link_leads_to_its_copy_first():
    """Of a dead link the archived copy stands first, with its day and how far that is from the brief's."""
    first = notes(watch(*RECORDS)).select("#fn-1 a")[0]
    assert first["href"] == COPY
    assert first.text == "Archived copy, 11 September 2020 (2 days after this brief)"
    assert "Original address:" in notes(watch(*RECORDS)).select("#fn-1")[0].text


@pytest.mark.parametrize(
    ("day", "words"),
    [("2020-09-11", "the day of this brief"), ("2020-09-12", "1 day before"), ("2020-09-01", "10 days after")],
)
def test_a_copy_says_how_far_it_is(day, words):
    """Days before and after are told apart, and one day is no days."""
    shown = notes(watch(*RECORDS), STRIKE.replace("2020-09-09", day))
    assert words in shown.select("#fn-1 a")[0].text


def test_the_mark_in_the_text_tells_of_dead_links():
    """A cross follows the mark of a note with a dead link, and its name counts them."""
    body = BeautifulSoup(site(watch(*RECORDS), STRIKE).bodies["briefs/2020/brief-0.md"].body, "lxml")
    marks = body.select("a.footnote-ref")
    assert [mark["aria-label"] for mark in marks] == [
        "Note 1, 1 of 2 links dead",
        "Note 2, 1 of 1 link dead",
        "Note 3",
    ]
    assert [len(mark.select(".rg-cross")) for mark in marks] == [1, 1, 0]


@pytest.mark.parametrize(
    "written",
    [
        "[words](https://beacon.example/ferry)",
        "<https://beacon.example/ferry>",
        "https://beacon.example/ferry",
        '<a href="https://beacon.example/ferry" title="x">words</a>',
        "[words][r]\n\n[r]: https://beacon.example/ferry",
    ],
)
def test_a_dead_link_in_the_text_has_a_cross_and_its_copy(written):
    """However a dead link stands in running text, a cross follows it, and the copy; a live link stands alone."""
    text = STRIKE.replace("Nobody drowned.", f"{written} and [more](https://www.harbour.example/a).")
    body = BeautifulSoup(site(watch(*RECORDS), text).bodies["briefs/2020/brief-0.md"].body, "lxml")
    beside = body.select(".rg-beside")
    assert [" ".join(one.text.split()) for one in beside] == ["✕ dead ▣ archived"]
    assert beside[0].find_previous("a")["href"] == "https://beacon.example/ferry"
    assert beside[0].find("a")["href"] == COPY
    assert not beside[0].find_parent("a")


def test_a_link_that_is_shown_as_text_has_no_cross():
    """Beside a defanged address in raw HTML stands why it is no link; a link never closed ends with its block."""
    raw = "See <a href='hxxps://trap[.]example/y'>words</a> and <a href='https://beacon.example/ferry'>more.\n\nNext."
    body = BeautifulSoup(site(watch(*RECORDS), f"{STRIKE}\n{raw}").bodies["briefs/2020/brief-0.md"].body, "lxml")
    shown = body.select_one(".rg-defanged")
    assert shown.text == "words"
    assert shown.find_next_sibling().text == "not linked: defanged"
    assert " ".join(body.find(id="p-3").text.split()).endswith("more.✕ dead ▣ archived¶")
    assert body.find(id="p-4").text == "Next.¶"


def test_verdicts_have_words_and_days():
    """Each link has its chip in words; a live one the day it was seen, a dead one since when and how often."""
    words = " ".join(notes(watch(*RECORDS)).text.split())
    assert "✓ live seen 20 November 2026" in words
    assert "✕ dead since March 2026, 3 checks" in words
    assert "∅ page gone since March 2026, 3 checks" in words
    assert "⊘ restricted since March 2026" in words
    assert "→ moved seen 20 November 2026, now at ferry.example/new" in words
    assert "not linked: defanged" in words


def test_a_live_link_was_seen_before_the_doubts():
    """While the last visits speak against a live link, the day shown is the last on which it was there."""
    doubtful = record("https://www.harbour.example/a", "live")
    last = doubtful.evidence[-1]._replace(says=Verdict.DEAD)
    known = watch(replace(doubtful, pending=1, evidence=(*doubtful.evidence[:2], last)))
    assert "live seen 4 March 2026" in " ".join(notes(known).text.split())


def test_people_have_the_last_word():
    """A decision is shown as checked by hand with its day, and a new address that people name comes first."""
    decided = (
        "- {url: 'https://beacon.example/gone', say: live, by: me, on: 2026-05-03, why: seen}\n"
        "- {url: 'https://beacon.example/ferry', say: dead, by: me, on: 2026-05-03, why: gone,"
        " replaced_by: 'https://beacon.example/back'}\n"
    )
    shown = notes(watch(*RECORDS, decisions=decided))
    assert "✓ live ✎ checked by hand 3 May 2026" in " ".join(shown.select("#fn-2")[0].text.split())
    assert shown.select("#fn-1 a")[0]["href"] == "https://beacon.example/back"


def test_without_an_audit_nothing_is_said():
    """Without a ledger no page has a chip, a cross, a verdict or a copy; sources and damaged addresses are there."""
    made = pages(site(watch(audits=()), STRIKE))
    for path, html in made.items():
        assert "rg-verdict" not in html, path
        assert "rg-cross" not in html, path
        assert "verifiable" not in html, path
    assert "None has been visited yet" in made["links/index.md"]
    assert "Damaged addresses" in made["links/index.md"]
    assert "The ferry sank at night." in made["sources/beacon.example.md"]


def test_the_health_page_sorts_what_waits():
    """Dead without a copy needs somebody; moved, restricted and damaged links stand apart, each with its place."""
    soup = BeautifulSoup(pages(site(watch(*RECORDS), STRIKE))["links/index.md"], "lxml")
    assert "Of 5 footnote links" in soup.text
    assert "; 1 kept unlinked on purpose." in soup.text
    rows = {
        section["aria-labelledby"]: [" ".join(row.text.split()) for row in section.select(".rg-queue > li")]
        for section in soup.select("section")
    }
    assert "Nobody drowned." in rows["needs-you"][0]
    assert "line 11, note 2" in rows["needs-you"][0]
    assert "Edit" in rows["needs-you"][0]
    assert [len(rows[name]) for name in ("needs-you", "moved", "restricted", "misshapen")] == [1, 1, 1, 1]
    assert "Proposed: http://ferry.example/z" in rows["misshapen"][0]
    assert "newly-dead" not in rows


DECIDED = "- {host: trap.example, say: keep-defanged, by: the <editors>, on: 2026-11-21}"


@pytest.mark.parametrize("known", [watch(audits=()), watch(*RECORDS)], ids=["no audit", "audited"])
def test_defanged_links_are_listed_before_and_after_an_audit(known):
    """Each stands with the form meant, which is no link, the claim, the place, *Edit*, and whether it is decided."""
    for decisions, said in (("", "Nobody has decided"), (DECIDED, "Kept defanged by the <editors>, 21 November 2026")):
        read = read_decisions(decisions) if decisions else known.decisions
        html = pages(site(replace(known, decisions=read), STRIKE))["links/index.md"]
        soup = BeautifulSoup(html, "lxml")
        (row,) = soup.select("section[aria-labelledby=defanged] li")
        words = " ".join(row.text.split())
        for expected in (
            "hxxps://trap[.]example/y",
            "Means: https://trap.example/y",
            "The minister “regrets” this.",
            said,
        ):
            assert expected in words
        assert "line 12, note 3" in words
        assert [link.text for link in row.select("a")] == ["¶", "The strike", "Edit"]
        assert len(soup.select("section[aria-labelledby=misshapen] li")) == 1


NOTES = """---
title: Notes
date: 2020-09-09
---
One.[^1] Two.[^2] Three.[^3] Four.[^4]

[^1]: <https://beacon.example/gone>
[^2]: <https://beacon.example/ferry>
[^3]: {}
[^4]: {}
"""
DEAD = (record("https://beacon.example/gone"), record("https://beacon.example/ferry"))


@pytest.mark.parametrize(
    ("records", "third", "fourth", "decisions", "brief", "page"),
    [
        (
            DEAD, "<https://a.example/>", "<https://b.example/>", "",
            "0 of 2 links verifiable; 2 not checked yet",
            "Of 2 footnote links 0 answer; 2 are dead; 2 not checked yet.",
        ),
        (
            DEAD, "hxxps://a[.]example/", "<https://b.example/>", "",
            "0 of 2 links verifiable; 1 not checked yet; 1 kept unlinked on purpose",
            "Of 2 footnote links 0 answer; 2 are dead; 1 not checked yet; 1 kept unlinked on purpose.",
        ),
        (
            DEAD, "<https://a.example/>", "<https://a.example/>", "- {host: a.example, say: skip}",
            "0 of 2 links verifiable; 1 never visited",
            "Of 2 footnote links 0 answer; 2 are dead; 2 never visited.",
        ),
        (
            DEAD[:1], "hxxps://a[.]example/", "b[.]example/x", "- {host: beacon.example, say: live}",
            "2 of 2 links verifiable; 2 kept unlinked on purpose",
            "Of 2 footnote links 2 answer; 2 kept unlinked on purpose.",
        ),
        (
            DEAD, "[x](<https://exa mple.org:port/>)", "<https://b.example/>", "",
            "0 of 3 links verifiable; 1 not checked yet",
            "Of 3 footnote links 0 answer; 2 are dead; 1 not checked yet.",
        ),
    ],
)  # fmt: skip
def test_a_score_never_counts_what_nobody_has_looked_at(  # noqa: PLR0913, PLR0917 - a table of inputs and outputs
    records, third, fourth, decisions, brief, page
):
    """What waits for a visit, is never visited, or is kept unlinked on purpose is told apart."""
    shown = pages(site(watch(*records, decisions=decisions), NOTES.format(third, fourth)))
    assert f'<span class="rg-verifiable">{brief}</span>' in shown["briefs/2020/brief-0.md"]
    assert page in " ".join(shown["links/index.md"].split())


def test_an_address_that_is_a_link_elsewhere_is_none_where_it_is_defanged():
    """Each brief is told of its own link: the one that has none is not given the score of the other."""
    live = (record("https://a.example/x", "live"),)
    linked = "---\ntitle: A\ndate: 2020-01-01\n---\nOne.[^1]\n\n[^1]: <https://a.example/x>\n"
    kept = linked.replace("<https://a.example/x>", "hxxps://a[.]example/x").replace("title: A", "title: B")
    shown = pages(site(watch(*live), linked, kept))
    assert '<span class="rg-verifiable">1 of 1 link verifiable</span>' in shown["briefs/2020/brief-0.md"]
    assert '<span class="rg-verifiable">1 kept unlinked on purpose</span>' in shown["briefs/2020/brief-1.md"]
    for page in ("links/index.md", "sources/a.example.md"):
        assert "link 1 answers; 1 kept unlinked on purpose." in " ".join(shown[page].split())


def test_no_share_is_given_where_nothing_was_visited():
    """With zero visits the page has no percentage, and the brief no score."""
    shown = pages(site(watch(audits=AUDITS[:1]), NOTES.format("hxxps://a[.]example/", "<https://b.example/>")))
    assert "%" not in shown["links/index.md"]
    assert (
        '<span class="rg-verifiable">3 not checked yet; 1 kept unlinked on purpose</span>'
        in shown["briefs/2020/brief-0.md"]
    )
    assert "can be verified" not in shown["links/index.md"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("pl", "można zweryfikować 0 z 2 linków; 1 jeszcze niesprawdzony; 1 celowo nieaktywny"),
        ("ru", "1 ещё не проверена; 1 намеренно оставлена неактивной"),
        ("uk", "1 ще не перевірено; 1 навмисно залишено неактивним"),
    ],
)
def test_what_is_not_counted_is_told_in_the_language_of_the_site(tag, said):
    """Numbers agree with their words."""
    text = NOTES.format("hxxps://a[.]example/", "<https://b.example/>")
    made = replace(site(watch(*DEAD), text), language=language_of(tag))
    assert said in pages(made)["briefs/2020/brief-0.md"]


def test_figures_are_told_in_tables_too():
    """The bar and the trend have a name, and a table with a caption says the same."""
    soup = BeautifulSoup(pages(site(watch(*RECORDS), STRIKE))["links/index.md"], "lxml")
    assert [svg["role"] for svg in soup.select("svg")] == ["img", "img"]
    assert all(svg["aria-label"] for svg in soup.select("svg"))
    assert [table.caption.text for table in soup.select("table")] == [
        "Links by verdict",
        "Addresses by verdict at each audit, the latest first",
    ]
    assert len(soup.select("h1")) == 1


def test_a_source_page_says_what_rests_on_it():
    """The page of a source has its claims, its shares, and the institutes that share it."""
    soup = BeautifulSoup(pages(site(watch(*RECORDS), STRIKE, LATER))["sources/beacon.example.md"], "lxml")
    words = " ".join(soup.text.split())
    assert "Of 4 links 0 answer; 4 are dead, 2 of them archived." in words
    assert "first 9 September 2020, last 1 March 2021" in words
    assert "Harbour Studies 1 brief" in words
    assert [q.text for q in soup.select("q")].count("The ferry sank at night.") == 2


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://beacon.example/ferry",
    "data:text/html,<script>alert(1)</script>",
    "https://evil.example/web/20200911093000/https://beacon.example/ferry",
    "https://web.archive.org/web/20200911093000/https://evil.example/",
    "https://web.archive.org@evil.example/web/20200911093000/https://beacon.example/ferry",
    "https://web.archive.org/web/20200911093000/javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "' onmouseover=alert(1) '",
    "{{ 7*7 }}",
    "]]><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
)


def safe(html: str) -> None:
    """Hold that nothing in a page can run, and that its links lead to where such links may lead."""
    soup = BeautifulSoup(html, "lxml")
    assert not soup.select("script, iframe, object, embed, base, form, img, [srcdoc], [style]")
    for tag in soup.select("*"):
        assert not any(name.lower().startswith("on") for name in tag.attrs), tag
    for link in soup.select("[href]"):
        address = str(link["href"])
        outside = ":" in address.partition("/")[0] or address.startswith("//")
        assert not outside or address.startswith(("https://", "http://")), address


@pytest.mark.parametrize("planted", HOSTILE)
@pytest.mark.parametrize("verdict", ["dead", "moved", "live"])
def test_nothing_in_the_record_can_run(planted, verdict):
    """A reason, a final address, a memento that somebody has planted is text, or is not there."""
    bad = record(
        "https://beacon.example/ferry",
        verdict,
        reason=planted,
        final_url=planted,
        mementos={"2020-09-09": planted, "2019-01-01": planted},
    )
    made = site(watch(bad, *RECORDS[1:]), STRIKE, LATER)
    for html in pages(made).values():
        safe(html)
        soup = BeautifulSoup(html, "lxml")
        led = [str(a["href"]) for a in soup.select('a[href*="evil.example"]') if "rg-address" not in a.get("class", ())]
        assert led == []
        assert not soup.select(".rg-copy")
    data = json.loads(links_json(made))
    assert [link["memento"] for link in data["links"] if link["url"] == bad.url] == [None]
    for row in csv.reader(StringIO(links_csv(made))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text(max_size=40))
def test_no_text_of_the_record_becomes_markup(planted):
    """Whatever stands in a reason, a title or an institute, it is shown as it is."""
    made = site(watch(record("https://beacon.example/gone", reason=planted), *RECORDS[2:]), STRIKE)
    html = pages(made)["links/index.md"]
    shown = BeautifulSoup(html, "html.parser").select(".rg-reason")
    assert not BeautifulSoup(html, "html.parser").select("script")
    if planted.strip() and len(planted.split()) == 1 and planted.isprintable():
        assert planted.strip() in [reason.text.strip() for reason in shown]


@pytest.mark.parametrize("planted", HOSTILE)
def test_nothing_in_a_brief_can_run_on_other_pages(planted):
    """A title, an institute, a sentence, a label of a brief is text on the pages of links and sources."""
    text = STRIKE.replace("The ferry sank", f"{escape(planted)} {planted}").replace("[^1]", '[^a"b<i>]')
    text = text.replace("title: The strike", f"title: {json.dumps(planted)}")
    text = text.replace("publisher: Harbour Studies", f"publisher: {json.dumps(planted)}")
    for html in pages(site(watch(*RECORDS), text)).values():
        safe(html)


def test_two_sites_of_one_record_are_the_same():
    """The order in which briefs and records are read changes no byte."""
    one = site(watch(*RECORDS), STRIKE, LATER)
    other = site(watch(*reversed(RECORDS)), STRIKE, LATER)
    assert pages(one) == pages(other)
    assert (links_json(one), links_csv(one)) == (links_json(other), links_csv(other))


def test_a_withdrawn_brief_leaves_nothing():
    """No claim, link or title of a withdrawn brief is on any page or in any file but its tombstone's."""
    gone = LATER.replace("date:", "status: withdrawn\ndate:").replace("The ferry sank", "The heron was seen")
    gone = gone.replace("beacon.example/gone", "heron.example/only")
    made = site(watch(*RECORDS), STRIKE)
    archive = Archive.of([*made.archive.entries, entry(gone, "briefs/2021/gone.md")], [])
    made = replace(made, archive=archive, bodies={**made.bodies, "briefs/2021/gone.md": BodyHtml("", "", ())})
    texts = {**pages(made), "json": links_json(made), "csv": links_csv(made)}
    for path, text in texts.items():
        assert "heron" not in text, path
        assert "A year later" not in text or path == "briefs/2021/gone.md", path
    assert "sources/heron.example.md" not in texts


def test_no_page_outgrows_its_readers():
    """With a source that is cited a thousand times and as many dead links no page is above 200 KB."""
    claims = "".join(f"{'The ferry sank in the storm. ' * 9}Claim {n}.[^{n}]\n\n" for n in range(400))
    links = "".join(f"[^{n}]: <https://beacon.example/{n}/{'x' * 150}>\n" for n in range(400))
    texts = [f"---\ntitle: {'Long ' * 20}\ndate: 20{10 + n}-01-01\n---\n{claims}\n{links}" for n in range(3)]
    records = [record(f"https://beacon.example/{n}/{'x' * 150}", reason="No. " * 200) for n in range(400)]
    made = pages(site(watch(*records), *texts))
    large = {p: len(h.encode()) for p, h in made.items() if not p.startswith("briefs/") and len(h.encode()) > 200_000}
    assert large == {}
    parts = [path for path in made if path.startswith("sources/beacon.example/")]
    assert len(parts) == 3 * -(-400 // LONGEST_LIST)
    assert "375 more stand in the files below" in made["links/index.md"]


def test_a_run_that_was_cut_short_vouches_for_nothing():
    """A day of the last audit counts for a live link only where that audit left nothing undone."""
    cut = tuple(run._replace(due=9) for run in AUDITS)
    assert "live seen 7 November 2026" in " ".join(notes(watch(*RECORDS, audits=cut)).text.split())
