// Finds entities by any of their spellings, in whatever script, hidden ones too (which are never shown).

import { bucket, load } from "./data.js";
import { withoutUnseen } from "./tokens.js";

const LONGEST_ENDING = 4;
const LETTERS = 2;

/** Split as the build does, letter for letter: without case, accents, apostrophes. */
export function nameWords(text) {
  const plain = withoutUnseen(text).toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/['’‘ʼʹ`´＇]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** Give the entities that a query names, the surest first: {type, slug, name, native, briefs, url, exact}. */
export async function findNames(base, buckets, query, limit = 5) {
  const words = nameWords(query);
  if (!buckets || words.join("").length < LETTERS) {
    return [];
  }
  const files = [...new Set(words.slice(0, 6).map((word) => bucket(word, buckets, LETTERS)))];
  const lists = await Promise.all(files.map((index) => load(`${base}names-${index}.json`)));
  const found = new Map();
  for (const [row, spellings] of lists.flat()) {
    const [type, slug, name, native, briefs, url] = row;
    const weight = Math.max(...spellings.map((spelling) => likeness(spelling.split(" "), words)), 0);
    if (weight > 0 && !found.has(slug)) {
      found.set(slug, { type, slug, name, native, briefs, url, weight, exact: weight >= 3 });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight || b.briefs - a.briefs || (a.slug < b.slug ? -1 : 1))
    .slice(0, limit);
}

// 3: the spelling itself; 2: it stands in the query; 1: each word of the query begins one of its words.
function likeness(spelling, query) {
  const isAt = (start) => spelling.every((part, index) => is(part, query[start + index]));
  if (spelling.length === query.length && isAt(0)) {
    return 3;
  }
  if (spelling.join(" ").length > 3 && query.some((_, start) => isAt(start))) {
    return 2;
  }
  return query.every((word) => spelling.some((part) => part.startsWith(word) || is(part, word))) ? 1 : 0;
}

// A spelling that takes endings has a star at its end.
function is(part, word = "") {
  if (!part.endsWith("*")) {
    return part === word;
  }
  const stem = part.slice(0, -1);
  return word.startsWith(stem) && word.length <= stem.length + LONGEST_ENDING;
}
