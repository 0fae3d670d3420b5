// What a reader has written, as clauses: words and phrases that must be there, and those that must not.

import { hasNoBlanks, indexWords, withoutUnseen } from "./tokens.js";

const QUOTE = /["＂“”„‟«»‹›「」『』《》〝〞〟]/u;

/** Read a query: [{text, isPhrase, isExcluded, parts}]; all parts must be there. A quote not closed goes on to the end. */
export function parseQuery(query) {
  const clauses = [];
  const chars = [...withoutUnseen(query).normalize("NFC")];
  let at = 0;
  const until = (isEnd) => {
    const start = at;
    while (at < chars.length && !isEnd(chars[at])) {
      at += 1;
    }
    return chars.slice(start, at).join("");
  };
  while (at < chars.length) {
    const isExcluded = /[-−]/u.test(chars[at]) && /[\p{L}\p{N}]/u.test(chars[at + 1] ?? "") || isExcludedQuote(chars, at);
    at += isExcluded ? 1 : 0;
    if (QUOTE.test(chars[at] ?? "")) {
      at += 1;
      const text = until((char) => QUOTE.test(char)).trim();
      at += 1;
      clauses.push({ text, isPhrase: true, isExcluded, parts: [text] });
    } else if (/\s/u.test(chars[at])) {
      at += 1;
    } else {
      const text = until((char) => /\s/u.test(char) || QUOTE.test(char));
      // What is excluded stays whole: without 北京大学 is not without both 北京 and 大学.
      clauses.push({ text, isPhrase: false, isExcluded, parts: isExcluded ? [text] : parts(text) });
    }
  }
  const seen = new Set();
  return clauses
    .map((clause) => ({ ...clause, isPhrase: clause.isPhrase && indexWords(clause.text, "").length > 1 }))
    .filter((clause) => {
      const key = `${clause.isExcluded} ${indexWords(clause.text, "").join(" ")}`;
      const isNew = indexWords(clause.text, "").length && !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** Write clauses as a query. */
export function writeQuery(clauses) {
  return clauses.map((one) => `${one.isExcluded ? "-" : ""}${one.isPhrase ? `"${one.text}"` : one.text}`).join(" ");
}

/** How a clause is named to readers: without the punctuation around it. */
export function nameOf(clause) {
  return clause.text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}+#]+$/gu, "") || clause.text;
}

function isExcludedQuote(chars, at) {
  return /[-−]/u.test(chars[at]) && QUOTE.test(chars[at + 1] ?? "");
}

// Where no blanks are written the browser tells the words apart, as it does for Pagefind.
function parts(text) {
  if (!hasNoBlanks(text) || typeof Intl.Segmenter === "undefined") {
    return [text];
  }
  const language = /[\u3040-\u30ff]/u.test(text) ? "ja" : /[\u0e00-\u0e7f]/u.test(text) ? "th" : "zh";
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].filter((one) => one.isWordLike);
  return words.length ? words.map((one) => one.segment) : [text];
}
