// One result: what Pagefind keeps of a brief, and the sentence that was found.

import { make } from "./dom.js";

const LONGEST = 45;
const BEFORE = 22;

/** Read what the build put into the record. */
export function readHit(data) {
  const [address, facts] = JSON.parse(data.raw_url);
  const { title, institute, authors, series } = data.meta;
  const sentence = findSentence(data, facts.paragraphs ?? []);
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

/** Find the sentence with the word that weighs most: {words: [[word, isFound]], paragraph}. */
export function findSentence(data, paragraphs) {
  const words = data.content.split(/\s+/).filter(Boolean);
  const places = data.weighted_locations ?? [];
  const found = new Set(places.map((one) => one.location));
  const best = places.reduce((a, b) => (b.balanced_score > (a?.balanced_score ?? 0) ? b : a), null);
  const at = Math.min(best?.location ?? 0, Math.max(words.length - 1, 0));
  const [start, end, number] = paragraphAt(paragraphs, at, words.length);
  let first = at;
  while (first > start && first > at - BEFORE && !endsSentence(words[first - 1], words[first])) {
    first -= 1;
  }
  let last = at + 1;
  while (last < end && last < first + LONGEST && !endsSentence(words[last - 1], words[last])) {
    last += 1;
  }
  const shown = words.slice(first, last).map((word, index) => [word, found.has(first + index)]);
  if (first > start && !endsSentence(words[first - 1], words[first])) {
    shown.unshift(["…", false]);
  }
  if (last < end && !endsSentence(words[last - 1], words[last])) {
    shown.push(["…", false]);
  }
  return { words: shown, paragraph: found.size ? number : 0 };
}

/** Write a result as the lists of the archive write a brief. */
export function entryOf(hit, base, words) {
  const sentence = make("span", { class: "rg-sentence", lang: hit.language || null });
  for (const [word, isFound] of hit.sentence.words) {
    sentence.append(isFound ? make("mark", {}, word) : word, " ");
  }
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

/** The sentence as text. */
export function sentenceText(hit) {
  return hit.sentence.words.map(([word]) => word).join(" ");
}

// The list holds word and number of each paragraph by turns.
function paragraphAt(paragraphs, at, length) {
  for (let index = paragraphs.length - 2; index >= 0; index -= 2) {
    if (paragraphs[index] <= at) {
      return [paragraphs[index], paragraphs[index + 2] ?? length, paragraphs[index + 1]];
    }
  }
  return [0, paragraphs[0] ?? length, 0];
}

function endsSentence(word, next) {
  return /[.!?…]["'”»’)\]]*$/u.test(word ?? "") && !/^\p{Ll}/u.test(next ?? "") && !/^\p{Lu}\.$/u.test(word);
}
