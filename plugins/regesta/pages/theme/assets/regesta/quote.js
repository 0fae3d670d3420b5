/* Quoting: copy buttons in the Cite box, the reader's day of access, and "Copy quotation" on selected words.

   Nothing is asked of the network. Without this file the box is whole, but for the buttons. */

const box = document.querySelector(".rg-cite");
const body = document.querySelector(".rg-body");
if (box) {
  for (const way of document.querySelectorAll('a[href="#cite"]')) {
    way.addEventListener("click", () => (box.open = true));
  }
  for (const place of box.querySelectorAll(".rg-accessed")) {
    showAccess(place);
  }
  const said = statusLine();
  for (const citation of box.querySelectorAll(".rg-citation")) {
    addCopyButton(citation, said);
  }
  if (body) {
    offerQuotations(said);
  }
}

/** Say on which day the reader looked at the brief: only this machine knows. */
function showAccess(place) {
  const day = new Intl.DateTimeFormat(place.dataset.locale, { dateStyle: "long" }).format(new Date());
  place.textContent = place.dataset.words.replace("{date}", () => day);
  place.hidden = false;
}

/** Make the line that tells screen readers what has been copied. */
function statusLine() {
  const line = document.createElement("span");
  line.className = "rg-said";
  line.setAttribute("role", "status");
  box.after(line);
  return line;
}

function addCopyButton(citation, said) {
  const button = newButton(box.dataset.copy);
  button.setAttribute("aria-describedby", citation.parentElement.previousElementSibling.id);
  button.addEventListener("click", async () => {
    await copy(citation.textContent.trim(), citation.innerHTML);
    tellCopied(button, said);
  });
  citation.after(button);
}

function newButton(words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rg-button";
  button.textContent = words;
  return button;
}

function tellCopied(button, said) {
  const words = button.textContent;
  if (words !== box.dataset.copied) {
    button.textContent = box.dataset.copied;
    setTimeout(() => (button.textContent = words), 2000);
  }
  said.textContent = box.dataset.copied;
  setTimeout(() => (said.textContent = ""), 2000);
}

/** Put text on the clipboard, and with it HTML where that can be had: a title in italics stays so. */
async function copy(text, html) {
  try {
    const kinds = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (html) {
      kinds["text/html"] = new Blob([html], { type: "text/html" });
    }
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch {
    copyByHand(text);
  }
}

/** Copy on pages without a safe connection, and where the clipboard takes no more than a text. */
function copyByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "rg-unseen";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Show a button behind words that are selected in the brief. Tab leads to it, Escape closes it. */
function offerQuotations(said) {
  const bar = document.createElement("div");
  bar.className = "rg-quote";
  bar.hidden = true;
  const button = newButton(box.dataset.quote);
  bar.append(button);
  body.append(bar);
  let quotation = "";
  let timer = 0;
  let refused = "";

  const look = () => {
    if (bar.contains(document.activeElement)) {
      return;
    }
    // Who has put the button away does not want it back for the same words.
    if (refused && refused === String(getSelection())) {
      return;
    }
    refused = "";
    const range = selectedIn(body);
    quotation = range ? quotationOf(range) : "";
    bar.hidden = !quotation;
    if (quotation) {
      place(bar, range);
    }
  };
  const close = () => {
    refused = String(getSelection());
    bar.hidden = true;
    quotation = "";
  };
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  document.addEventListener("keydown", (event) => {
    if (bar.hidden) {
      return;
    }
    if (event.key === "Escape") {
      close();
    } else if (event.key === "Tab" && !event.shiftKey && !bar.contains(document.activeElement)) {
      event.preventDefault();
      button.focus();
    }
  });
  // A press would take the selection away before the click comes.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("blur", () => setTimeout(look));
  button.addEventListener("click", async () => {
    await copy(quotation);
    tellCopied(button, said);
  });
}

/** Give what is selected, if all of it lies in an element and it is more than white space. */
function selectedIn(element) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) {
    return null;
  }
  const range = selection.getRangeAt(0);
  return element.contains(range.commonAncestorContainer) && range.toString().trim() ? range : null;
}

/** Put the bar behind the block in which the selection ends, below its last line: Tab goes on from there. */
function place(bar, range) {
  let block = range.endContainer;
  while (block !== body && block.parentNode !== body) {
    block = block.parentNode;
  }
  if (block !== body && block !== bar && block.nextSibling !== bar) {
    (block.nodeType === Node.ELEMENT_NODE ? block : block.nextSibling || block).after(bar);
  }
  const lines = range.getClientRects();
  const last = lines[lines.length - 1] || range.getBoundingClientRect();
  const frame = body.getBoundingClientRect();
  const widest = Math.max(0, frame.width - bar.offsetWidth);
  bar.style.insetBlockStart = `${last.bottom - frame.top + 6}px`;
  bar.style.insetInlineStart = `${Math.min(Math.max(0, last.right - frame.left - bar.offsetWidth), widest)}px`;
}

/** Write the quotation: the words, who said them and when, where they stand, and copies of what they rest on. */
function quotationOf(range) {
  const part = range.cloneContents();
  const notes = [...part.querySelectorAll("a.footnote-ref[href^='#']")].map((mark) => mark.getAttribute("href"));
  for (const mark of part.querySelectorAll("sup, .headerlink, .rg-pilcrow, .rg-quote, .rg-beside")) {
    mark.remove();
  }
  for (const block of part.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, td, th, br, blockquote, pre")) {
    block.after(" ");
  }
  const words = part.textContent.replace(/\s+/g, " ").trim();
  if (!words) {
    return "";
  }
  const values = { words, source: box.dataset.source, address: addressOf(range) };
  const first = box.dataset.quotation.replace(/\{(words|source|address)\}/g, (_, name) => values[name]);
  return [first, ...[...new Set(notes)].map(noteLine).filter(Boolean)].join("\n");
}

/** Give the lasting address of the paragraph in which the words begin. */
function addressOf(range) {
  const canonical = document.querySelector("link[rel=canonical]");
  const page = (canonical ? canonical.href : location.href).replace(/#.*$/, "");
  let found = "";
  for (const block of body.querySelectorAll("[id^='p-'], [id^='h-']")) {
    const begun = block.contains(range.startContainer)
      || block.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!begun) {
      break;
    }
    found = `#${block.id}`;
  }
  return page + found;
}

/** Give a fragment as an id has it; one that is not well encoded stays as it is. */
function plain(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Give the archived copies of a note's links; its links themselves where there are none. */
function noteLine(href) {
  const mark = [...document.querySelectorAll("a.footnote-ref")].find((one) => one.getAttribute("href") === href);
  const note = mark && (document.getElementById(href.slice(1)) || document.getElementById(plain(href.slice(1))));
  if (!note) {
    return "";
  }
  const addresses = (selector) => [...new Set([...note.querySelectorAll(selector)].map((link) => link.href))];
  const copies = addresses("a.rg-copy, a.rg-chip");
  const shown = copies.length ? copies : addresses("a[href^='http']");
  const label = mark.cloneNode(true);
  label.querySelector(".rg-cross")?.remove();
  return shown.length ? `[${label.textContent}] ${shown.join(" ")}` : "";
}
