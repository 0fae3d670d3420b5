// A question and its answer: words, what is chosen, the order; results, in that order.

/** Answer a question: {found, hits, offered}; `found` are those before they were narrowed down. */
export async function answer(engine, narrowing, { query, choice, order, languages: extra = [] }) {
  const test = await narrowing.test(choice);
  if (!query.trim()) {
    const found = engine.everything();
    const hits = found.filter((hit) => test(hit.number)).sort(ordering(engine.facets, dated(order)));
    return { found, hits, offered: [] };
  }
  const all = engine.facets.bundles.map((bundle) => bundle.language);
  const chosen = choice.language ?? [...engine.languages(query), ...extra];
  const languages = all.filter((language) => chosen.includes(language));
  const found = await engine.find(query, languages);
  const hits = found.filter((hit) => test(hit.number)).sort(ordering(engine.facets, order));
  return { found, hits, offered: choice.language ? [] : all.filter((one) => !languages.includes(one)) };
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
