/* A note's card: shown at its mark on click, Enter, tap, or after the pointer has rested there. The note itself stands
   once in the page, in its list; the card is filled from there. Where this does not run, a mark leads to the list. */

const REST = 300;
const GRACE = 250;
const LONGEST = 40;

const card = document.createElement("div");
card.className = "rg-card";
card.id = "rg-card";
card.setAttribute("popover", "auto");
card.setAttribute("role", "dialog");
card.tabIndex = -1;

let mark = null; // the one whose note is shown
let pinned = false; // opened on purpose: it stays until it is closed
let timer = 0;

/* An author's link may look like a mark: what leads to no note of this page opens no card, and breaks nothing. */
function noteOf(link) {
  const hash = (link.getAttribute("href") || "").match(/^#(.+)/)?.[1];
  if (!hash) return null;
  try {
    return document.getElementById(decodeURIComponent(hash)) || document.getElementById(hash);
  } catch {
    return document.getElementById(hash);
  }
}

/* Shows the host of an address in bold, and of a long path its two ends. */
function shorten(link) {
  const words = link.textContent.trim();
  if (!/^https?:\/\//.test(words) || link.children.length) return;
  if (!URL.canParse?.(link.href)) return;
  const { host, pathname, search } = new URL(link.href);
  const path = pathname === "/" && !search ? "" : pathname + search;
  const name = document.createElement("b");
  name.textContent = host.replace(/^www\./, "");
  const short = path.length > LONGEST ? `${path.slice(0, LONGEST / 2)}…${path.slice(-LONGEST / 2)}` : path;
  link.title = link.href;
  link.replaceChildren(name, short);
}

function fill(note, link) {
  const body = document.createElement("div");
  body.append(...[...note.childNodes].map((child) => child.cloneNode(true)));
  body.querySelectorAll(".footnote-backref, .headerlink, .rg-label").forEach((part) => part.remove());
  body.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  body.querySelectorAll("a[href]").forEach(shorten);
  const lang = link.closest("[lang]");
  if (lang) body.lang = lang.lang;
  const foot = document.createElement("p");
  foot.className = "rg-card-foot";
  const all = document.createElement("a");
  all.href = link.getAttribute("href");
  all.textContent = document.querySelector("#notes")?.textContent || "↓";
  all.addEventListener("click", () => hide());
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "✕";
  close.setAttribute("aria-label", document.querySelector("[data-close]")?.dataset.close || "Close");
  close.addEventListener("click", () => hide(true));
  foot.append(all, close);
  card.setAttribute("aria-label", link.getAttribute("aria-label") || link.textContent);
  card.replaceChildren(body, foot);
}

/* Below the mark, or above it where there is more room; never beyond an edge. */
function place(link) {
  const at = link.getBoundingClientRect();
  const width = card.offsetWidth;
  const height = card.offsetHeight;
  const room = document.documentElement.clientWidth;
  const left = Math.min(Math.max(at.left - 24, 8), Math.max(room - width - 8, 8));
  const above = at.bottom + height + 8 > innerHeight && at.top > innerHeight - at.bottom;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(above ? at.top - height - 6 : at.bottom + 6) + scrollY}px`;
}

function show(link, onPurpose) {
  const note = noteOf(link);
  if (!note) return false;
  clearTimeout(timer);
  if (mark !== link || !card.matches(":popover-open")) {
    mark?.removeAttribute("aria-expanded");
    fill(note, link);
    mark = link;
    if (!card.matches(":popover-open")) card.showPopover();
    place(link);
    link.setAttribute("aria-expanded", "true");
  }
  pinned = onPurpose;
  if (onPurpose) card.focus({ preventScroll: true });
  return true;
}

function hide(back = false) {
  clearTimeout(timer);
  if (card.matches(":popover-open")) card.hidePopover();
  if (back) mark?.focus({ preventScroll: true });
}

function later(action, wait) {
  clearTimeout(timer);
  timer = setTimeout(action, wait);
}

function plain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

if (card.showPopover && document.querySelector("a.footnote-ref")) {
  (document.querySelector("article.md-typeset") || document.body).append(card);
  document.querySelectorAll("a.footnote-ref").forEach((link) => {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (!plain(event)) hide(); // the reader goes elsewhere: a card that the resting pointer opened is in the way
      else if (show(link, true)) event.preventDefault();
    });
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !pinned) later(() => show(link, false), REST);
    });
    link.addEventListener("pointerleave", () => {
      if (!pinned) later(() => hide(), GRACE);
    });
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => {
    if (!pinned) later(() => hide(), GRACE);
  });
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    hide(true);
  });
  // Before it closes, not some time after: by then another mark may be the one whose note is shown.
  card.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed") return;
    pinned = false;
    mark?.removeAttribute("aria-expanded");
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card.matches(":popover-open")) hide(pinned);
  });
  addEventListener("beforeprint", () => hide());
}
