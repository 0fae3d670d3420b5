// What a reader asks, as the address has it: ?q=words&person=slug&year=2021&order=newest

import { ORDERS } from "./results.js";

/** Read the address. What it does not know is left out. */
export function readState(address, facets) {
  const given = new URL(address).searchParams;
  const choice = {};
  for (const facet of facets) {
    const values = [...new Set(given.getAll(facet))].filter(Boolean);
    if (values.length) {
      choice[facet] = values;
    }
  }
  const order = ORDERS.includes(given.get("order")) ? given.get("order") : ORDERS[0];
  return { query: given.get("q") ?? "", choice, order, languages: given.getAll("in") };
}

/** Write the address of a state, from that of the page. */
export function writeState(address, { query, choice, order, languages }) {
  const url = new URL(address);
  const asked = new URLSearchParams();
  if (query.trim()) {
    asked.set("q", query.trim());
  }
  for (const [facet, values] of Object.entries(choice)) {
    values.forEach((value) => asked.append(facet, value));
  }
  if (order !== ORDERS[0]) {
    asked.set("order", order);
  }
  (languages ?? []).forEach((language) => asked.append("in", language));
  url.search = asked.toString();
  url.hash = "";
  return url.href;
}

/** The same state with a value chosen, or no longer. */
export function toggled(state, facet, value) {
  const held = state.choice[facet] ?? [];
  const values = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
  const choice = { ...state.choice, [facet]: values };
  if (!values.length) {
    delete choice[facet];
  }
  return { ...state, choice };
}
