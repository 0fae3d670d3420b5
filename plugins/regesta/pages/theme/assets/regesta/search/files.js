// Results as files, made in the browser: CSV for spreadsheets, RIS for reference managers.

import { sentenceText } from "./entry.js";

const COLUMNS = ["title", "date", "institute", "authors", "series", "number", "language", "doi", "address", "sentence"];

/** Write results as CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvOf(hits, base) {
  const rows = hits.map((hit) => {
    const address = new URL(hit.address, base).href;
    const known = { ...hit, authors: hit.authors.join("; "), address, sentence: sentenceText(hit) };
    return COLUMNS.map((name) => cell(oneLine(known[name])));
  });
  // With a byte order mark, by which Excel knows that it is UTF-8.
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`;
}

/** Write results as RIS, each a report. */
export function risOf(hits, base) {
  return hits.map((hit) => `${record(hit, base).map(([tag, value]) => `${tag}  - ${value}`).join("\r\n")}\r\n`).join("\r\n");
}

/** Let the reader save a text. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function record(hit, base) {
  const [, year = "", month = "", day = ""] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(hit.date) ?? [];
  const lines = [
    ["TY", "RPRT"],
    ["TI", hit.title],
    ...hit.authors.map((author) => ["AU", author]),
    ["PY", year],
    ["DA", year && `${year}/${month}/${day}/`],
    ["PB", hit.institute],
    ["T2", hit.series],
    ["SN", hit.number],
    ["AB", hit.summary],
    ["N1", sentenceText(hit)],
    ["LA", hit.language],
    ["DO", hit.doi],
    ["UR", new URL(hit.page, base).href],
  ];
  // A line break within a value would begin a line, and a line may be a tag.
  const told = lines.map(([tag, value]) => [tag, oneLine(value)]).filter(([, value]) => value);
  return [...told, ["ER", ""]];
}

function oneLine(value) {
  return value.replace(/[\u0000-\u001f\u007f\u2028\u2029\s]+/g, " ").trim();
}

function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
