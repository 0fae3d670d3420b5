"""The archives that are known by their hosts, and how each writes the addresses of its copies."""

from __future__ import annotations

from enum import Enum

__all__ = ["ARCHIVES", "COPY_HOSTS", "Wording"]


class Wording(Enum):
    """How an archive writes the address of a copy."""

    STAMP = "stamp"
    """`/web/20200909120000/https://…`: the Wayback Machine, pywb, OpenWayback."""
    STAMP_UNDER_WEB = "web-stamp"
    """The same, on a host that holds much else."""
    ARCHIVE_TODAY = "archive.today"
    """`/2020.09.09-120000/https://…`, `/20200909120000/https://…`, or `/AbC12`."""
    QUERY = "query"
    """`/query?url=https://…`, or `/5AbCdEf`."""
    CODE = "code"
    """`/AB12-CD34`: only the archive knows of what."""


_WORDINGS = {
    Wording.STAMP: """
        web.archive.org wayback.archive.org liveweb.archive.org replay.web.archive.org
        web-beta.archive.org replay.waybackmachine.org
        wayback.archive-it.org archive-it.org
        webarchive.loc.gov webarchives.loc.gov
        webarchive.org.uk webarchive.nationalarchives.gov.uk webarchive.parliament.uk webarchive.proni.gov.uk
        arquivo.pt vefsafn.is wayback.vefsafn.is
        webarchive.nla.gov.au webarchive.bac-lac.gc.ca collectionscanada.gc.ca webarchive.nrscotland.gov.uk
        webharvest.gov swap.stanford.edu web.archive.bibalex.org
        timetravel.mementoweb.org
    """,
    Wording.STAMP_UNDER_WEB: "archive.org",
    Wording.ARCHIVE_TODAY: "archive.today archive.ph archive.is archive.li archive.vn archive.md archive.fo archive.ec",
    Wording.QUERY: "webcitation.org archive.wikiwix.com",
    Wording.CODE: "perma.cc ghostarchive.org",
}

ARCHIVES = {host: wording for wording, hosts in _WORDINGS.items() for host in hosts.split()}
"""By host, without `www.`."""

COPY_HOSTS = frozenset(host for host, wording in ARCHIVES.items() if wording not in {Wording.QUERY, Wording.CODE})
"""Hosts whose addresses name the page and the moment: a copy there can be judged, and shown, without asking anybody."""
