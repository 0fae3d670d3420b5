// A question and its answer: words, what is chosen, the order; results, in that order.

/** Answer a question: {hits, languages, offered}. Without words and choice nothing is loaded. */
export async function answer(engine, narrowing, { query, choice, order, languages: extra = [] }) {
  const test = await narrowing.test(choice);
  const all = engine.facets.bundles.map((bundle) => bundle.language);
  const { values, of } = engine.facets.columns.language;
  let languages = choice.language?.length ? choice.language : [...engine.languages(query), ...extra];
  if (!query.trim()) {
    languages = [...new Set(of.filter((_, number) => test(number)).map((index) => values[index]))];
  }
  languages = all.filter((language) => languages.includes(language));
  const found = await engine.find(query, languages);
  const hits = found.filter((hit) => test(hit.number)).sort(ordering(engine.facets, query.trim() ? order : dated(order)));
  const offered = choice.language?.length || !query.trim() ? [] : all.filter((one) => !languages.includes(one));
  return { found, hits, languages, offered };
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
