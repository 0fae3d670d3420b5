// What the search box shows while words are typed: names first, then briefs.

import { Engine } from "./engine.js";
import { Narrowing } from "./narrow.js";
import { answer } from "./results.js";
import { figure, fill, make } from "./dom.js";
import { findNames } from "./names.js";
import { nameOf } from "./query.js";
import { wordsBegun } from "./near.js";
import { markedParts, readHit } from "./entry.js";

let engine = null;

/** Give rows for the list, and what is said above them. */
export async function suggest(base, searchPage, query, names, briefs) {
  try {
    engine ??= await Engine.open(base);
    const { words } = engine.facets;
    const named = findNames(base, engine.facets.names, query, names);
    const asked = { query, choice: {}, order: "relevance" };
    // What is written last may be the beginning of a word: the words that begin so are offered, and nothing is guessed.
    const [{ hits, lacking }, begun] = await Promise.all([
      answer(engine, new Narrowing(base, engine.facets), asked),
      wordsBegun(engine, query, briefs),
    ]);
    const read = await Promise.all(hits.slice(0, briefs).map((hit) => hit.data()));
    const site = new URL("../", base).href;
    const rows = (await named).map((one) => row(new URL(one.url, site), one.name, [one.native, words[one.type]], null));
    for (const hit of read.map(readHit)) {
      rows.push(row(new URL(hit.address, site), hit.title, [hit.when, hit.institute], hit.sentence));
    }
    const page = (asked_) => {
      const address = new URL(searchPage);
      address.searchParams.set("q", asked_);
      return address;
    };
    for (const one of hits.length ? [] : begun) {
      rows.push(row(page(one.query), one.word, [], null));
    }
    if (hits.length > briefs) {
      rows.push(row(page(query), words.all, [], null));
    }
    return { rows, message: said(words, hits.length, lacking) };
  } catch (error) {
    console.warn(error);
    return { rows: [], message: engine?.facets.words.failed ?? "" };
  }
}

function said(words, number, lacking) {
  if (lacking.length) {
    return lacking.map((clause) => fill(words.lacking, { word: nameOf(clause) })).join(" ");
  }
  return number ? fill(words.results, { n: figure(number) }) : words.none;
}

function row(address, title, facts, sentence) {
  const link = make("a", { class: "md-search-result__link", href: address.href });
  const text = make("span", { class: "rg-suggestion" }, make("span", { class: "rg-suggestion-title" }, title));
  const known = facts.filter(Boolean).join(", ");
  if (known) {
    text.append(" ", make("span", { class: "rg-by" }, known));
  }
  if (sentence) {
    text.append(" ", make("span", { class: "rg-sentence" }, ...markedParts(sentence)));
  }
  link.append(text);
  return make("li", { class: "md-search-result__item" }, link);
}
