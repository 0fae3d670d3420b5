// One result: what Pagefind keeps of a brief, and the sentence that was found.

import { hasNoBlanks, placedWords } from "./tokens.js";
import { make } from "./dom.js";

const LONGEST = 280;
const LONGEST_BEFORE = 140;
const BEFORE = 22;

/** Read what the build put into the record. */
export function readHit(data) {
  const [address, facts] = JSON.parse(data.url);
  const { title, institute, authors, series } = data.meta;
  const sentence = findSentence(data, facts.paragraphs ?? [], facts.language ?? "");
  return {
    address: sentence.paragraph ? `${address}#p-${sentence.paragraph}` : address,
    page: address,
    title: title || address,
    institute: institute ?? "",
    authors: authors ? authors.split("; ") : [],
    series: series ?? "",
    date: facts.date ?? "",
    when: facts.when ?? "",
    number: facts.number ?? "",
    doi: facts.doi ?? "",
    summary: facts.summary ?? "",
    language: facts.language ?? "",
    draft: Boolean(facts.draft),
    sentence,
  };
}

/** Find the sentence with the most of what was asked: {parts: [[text, isFound]], paragraph}. */
export function findSentence(data, paragraphs, language) {
  const words = placesOf(data.content, language);
  // A form that was found is marked wherever it stands: the index tells the first place only.
  const clauses = data.places.map((places) => sameWords(words, places));
  const found = new Set(clauses.flatMap((one) => [...one]));
  const at = bestPlace(clauses, words.size);
  const text = data.content;
  const place = words.get(at) ?? { start: 0, end: 0 };
  const [start, end] = sentenceAround(text, place);
  const parts = [];
  let shown = start;
  for (const [number, word] of words) {
    if (found.has(number) && word.start >= shown && word.end <= end) {
      parts.push([text.slice(shown, word.start), false], [text.slice(word.start, word.end), true]);
      shown = word.end;
    }
  }
  parts.push([text.slice(shown, end), false]);
  if (start > 0 && text[start - 1] !== "\n" && !endsSentence(text.slice(0, start), text.slice(start))) {
    parts.unshift(["… ", false]);
  }
  if (end < text.length && text[end] !== "\n" && !endsSentence(text.slice(0, end), text.slice(end))) {
    parts.push([" …", false]);
  }
  return { parts: parts.filter(([part]) => part), paragraph: words.has(at) && found.size ? paragraphAt(paragraphs, at) : 0 };
}

// Places in the index go on by one at the end of each paragraph, so that no phrase goes from one to the next.
function placesOf(text, language) {
  const code = /^[a-z]{2,3}(?=$|[-_])/.exec(language.trim().toLowerCase())?.[0] ?? "";
  const words = new Map();
  let place = 0;
  let start = 0;
  for (const paragraph of text.split("\n")) {
    for (const word of placedWords(paragraph, code)) {
      words.set(place, { ...word, start: start + word.start, end: start + word.end });
      place += 1;
    }
    place += 1;
    start += paragraph.length + 1;
  }
  return words;
}

function sameWords(words, places) {
  const known = places.filter((place) => words.has(place));
  const isRow = known.length > 1 && known.every((place, index) => place === known[0] + index);
  const row = (isRow ? known : known.slice(0, 1)).map((place) => words.get(place).word);
  const found = new Set(known);
  for (const [place] of row.length ? words : []) {
    if (row.every((word, index) => words.get(place + index)?.word === word)) {
      row.forEach((_, index) => found.add(place + index));
    }
  }
  return found;
}

// Where most clauses are near each other, the first such place.
function bestPlace(clauses) {
  const places = [...new Set(clauses.flatMap((one) => [...one]))].sort((a, b) => a - b);
  const near = (at) => clauses.filter((one) => [...one].some((place) => place >= at && place < at + BEFORE)).length;
  let best = places[0] ?? 0;
  let most = 0;
  for (const place of places) {
    const count = near(place);
    if (count > most) {
      [best, most] = [place, count];
    }
  }
  return best;
}

function sentenceAround(text, { start, end }) {
  const line = [text.lastIndexOf("\n", start - 1) + 1, (text.indexOf("\n", end) + 1 || text.length + 1) - 1];
  let first = start > line[0] ? start : line[0];
  while (first > line[0] && first > start - LONGEST_BEFORE && !isEdge(text, first)) {
    first -= 1;
  }
  // Not in the middle of a word.
  while (first > line[0] && first < start && !isEdge(text, first) && !/\s/u.test(text[first - 1]) && !isIdeograph(text[first])) {
    first += 1;
  }
  let last = end;
  while (last < line[1] && last < first + LONGEST && !isEdge(text, last)) {
    last += 1;
  }
  while (last > end && last < line[1] && !isEdge(text, last) && !/\s/u.test(text[last]) && !isIdeograph(text[last])) {
    last -= 1;
  }
  return [first, last];
}

function isIdeograph(char) {
  return hasNoBlanks(char ?? "");
}

// Between two sentences, behind the blank.
function isEdge(text, at) {
  return /[\s。！？]/u.test(text[at - 1] ?? "") && endsSentence(text.slice(Math.max(0, at - 12), at), text.slice(at, at + 2));
}

/** Write a result as the lists of the archive write a brief. */
export function entryOf(hit, base, words) {
  const sentence = make("span", { class: "rg-sentence", lang: hit.language || null });
  sentence.append(...markedParts(hit.sentence));
  const what = make("span", { class: "rg-what" });
  what.append(make("a", { href: new URL(hit.address, base).href, lang: hit.language || null }, hit.title), " ");
  if (hit.institute) {
    what.append(make("span", { class: "rg-by" }, hit.institute), " ");
  }
  if (hit.draft) {
    what.append(make("span", { class: "rg-chip" }, words.draft), " ");
  }
  what.append(sentence);
  return make("li", {}, make("span", { class: "rg-when" }, hit.when || words.undated), what);
}

/** The sentence as text and marks. */
export function markedParts(sentence) {
  return sentence.parts.map(([text, isFound]) => (isFound ? make("mark", {}, text) : text));
}

/** The sentence as text. */
export function sentenceText(hit) {
  return hit.sentence.parts.map(([text]) => text).join("");
}

// The list holds place and number of each paragraph by turns.
function paragraphAt(paragraphs, at) {
  for (let index = paragraphs.length - 2; index >= 0; index -= 2) {
    if (paragraphs[index] <= at) {
      return paragraphs[index + 1];
    }
  }
  return 0;
}

function endsSentence(before, after) {
  const word = /\S+\s*$/u.exec(before)?.[0].trim() ?? "";
  if (/[。！？]["'”»’)\]」』]*$/u.test(word)) {
    return true;
  }
  return /[.!?…]["'”»’)\]]*$/u.test(word) && !/^\s*\p{Ll}/u.test(after) && !/^\p{Lu}\.$/u.test(word);
}
