// Elements are made of text only: titles and names come from documents, and none of them is ever read as HTML.

import { writeState } from "./state.js";

/** Make an element: attributes as an object (null leaves one out), children as elements or text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Fill the places of a message: fill("Briefs: {n}", {n: 3}). */
export function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Write a number as the page's language groups its digits. */
export function figure(number) {
  return number.toLocaleString(document.documentElement.lang || "en");
}

/** A link to what else may be asked: followed within the page, unless it is opened elsewhere. */
export function asking(state, attributes, text, onAsk) {
  const link = make("a", { ...attributes, href: writeState(location.href, state) }, text);
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      onAsk(state);
    }
  });
  return link;
}
