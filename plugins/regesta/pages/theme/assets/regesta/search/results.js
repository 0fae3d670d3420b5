// A question and its answer: words, what is chosen, the order; results, in that order.

import { isKnown } from "./near.js";
import { parseQuery } from "./query.js";

/**
 * Answer a question: {found, hits, offered, lacking, apart, languages}; `found` are those before they were narrowed down.
 *
 * A hit has every word that was asked for. `lacking` are the clauses that no brief has, `apart` says how many briefs have
 * each, and how many all that are not lacking.
 */
export async function answer(engine, narrowing, { query, choice, order, languages: extra = [] }) {
  const test = await narrowing.test(choice);
  const clauses = parseQuery(query);
  const wanted = clauses.filter((clause) => !clause.isExcluded);
  const all = engine.facets.bundles.map((bundle) => bundle.language);
  const isAny = !wanted.length;
  if (isAny && query.trim() && !clauses.length) {
    const nothing = { found: [], hits: [], offered: [], lacking: [], apart: [], rest: 0, languages: [] };
    return { ...nothing, clauses, isWordless: true };
  }
  const fit = isAny ? all : [...engine.languages(wanted), ...extra];
  let languages = all.filter((language) => (choice.language ?? fit).includes(language));
  const askAll = () => Promise.all(clauses.map((clause) => askClause(engine, clause, languages)));
  let sets = await askAll();
  const absent = clauses.filter((clause, index) => !clause.isExcluded && !sets[index].size);
  if (absent.length && !choice.language && languages.length < all.length && (await mayBeElsewhere(engine, absent, languages))) {
    languages = all;
    sets = await askAll();
  }
  const parts = clauses.map((clause, index) => ({ clause, briefs: sets[index] }));
  const excluded = parts.filter((part) => part.clause.isExcluded);
  const isLeft = (number) => !excluded.some((part) => part.briefs.has(number));
  const kept = parts.filter((part) => !part.clause.isExcluded);
  const lacking = kept.filter((part) => !part.briefs.size).map((part) => part.clause);
  const numbers = isAny ? engine.everything().map((hit) => hit.number) : inAll(kept.map((part) => part.briefs));
  const scores = numbers.length && !isAny ? await engine.scores(wanted.map((one) => one.text), languages) : new Map();
  const found = numbers.filter(isLeft).map((number) => {
    const places = kept.flatMap((part) => part.briefs.get(number));
    return engine.hit(number, scores.get(number) ?? 0, isAny ? [] : places);
  });
  const hits = found.filter((hit) => test(hit.number)).sort(ordering(engine.facets, isAny ? dated(order) : order));
  const offered = choice.language || isAny || lacking.length ? [] : all.filter((one) => !languages.includes(one));
  const some = kept.filter((part) => part.briefs.size);
  const rest = inAll(some.map((part) => part.briefs)).filter((number) => isLeft(number) && test(number)).length;
  const isWhole = !choice.language || languages.length === all.length;
  // How many briefs there would be, if none were excluded.
  const before = excluded.length && !lacking.length && !isAny ? numbers.filter(test).length : 0;
  const apart = some.map((part) => ({ clause: part.clause, briefs: part.briefs.size }));
  return { found, hits, offered, lacking, apart, rest, kept: before, clauses, languages: isAny ? [] : languages, isWhole };
}

// Where no blanks are written a clause may have several words.
async function askClause(engine, clause, languages) {
  const found = await Promise.all(clause.parts.map((part) => engine.ask(part, languages)));
  return new Map(inAll(found).map((number) => [number, found.map((one) => one.get(number))]));
}

// May briefs in other languages have a word that was not found? Of languages in other scripts the list of words tells.
async function mayBeElsewhere(engine, clauses, languages) {
  const isAsked = (clause) => engine.fitting(clause.text, Infinity).every((language) => languages.includes(language));
  const known = await Promise.all(clauses.map((clause) => !isAsked(clause) || isKnown(engine, clause.text)));
  return known.some(Boolean);
}

function inAll(sets) {
  const [first, ...others] = [...sets].sort((a, b) => a.size - b.size);
  return first ? [...first.keys()].filter((number) => others.every((set) => set.has(number))) : [];
}

/** The orders that a reader may choose. */
export const ORDERS = ["relevance", "newest", "oldest"];

function dated(order) {
  return order === "relevance" ? "newest" : order;
}

// Briefs are numbered by date; those without a year come last in every order.
function ordering({ columns }, order) {
  const undated = (hit) => (columns.year.of[hit.number] ? 0 : 1);
  const newest = (a, b) => undated(a) - undated(b) || b.number - a.number;
  if (order === "newest") {
    return newest;
  }
  return order === "oldest"
    ? (a, b) => undated(a) - undated(b) || a.number - b.number
    : (a, b) => b.score - a.score || newest(a, b);
}
