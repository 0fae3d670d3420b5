"""Writes captures, given as JSON on standard input, into a WARC file, by pywb's own Python."""

import io
import json
import sys

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

with open(sys.argv[1], "wb") as file:  # noqa: PTH123 - as warcio's manual has it
    writer = WARCWriter(file, gzip=True)
    for url, at, status, headers, body in json.load(sys.stdin):
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        said = {"WARC-Date": at}
        if status.startswith("revisit "):
            http = StatusAndHeaders(status.removeprefix("revisit "), list(headers.items()), protocol="HTTP/1.1")
            digest, first, day = body.split()
            record = writer.create_revisit_record(url, digest, first, day, http_headers=http, warc_headers_dict=said)
        else:
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body.encode()), http_headers=http, warc_headers_dict=said
            )
        writer.write_record(record)
