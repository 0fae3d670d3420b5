// Elements are made of text only: titles and names come from documents, and none of them is ever read as HTML.

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
