// The search box in the header: opened by / or s, walked by arrows, left by Escape. What it needs is loaded when used.

const PAUSE = 200;
const NAMES = 4;
const BRIEFS = 6;

const box = document.querySelector("[data-regesta-search]");
const page = document.querySelector("[data-search-page]");
const base = box && new URL(box.dataset.regestaSearch, location.href).href;

if (box) {
  startBox();
}
if (box && page) {
  startPage();
}

// The page comes with the ways that need no search, for whoever has no script, or the pages in a folder: a browser loads
// no module from there.
async function startPage() {
  const without = document.querySelector("[data-search-without]");
  without.hidden = true;
  try {
    await (await import("./page.js")).startPage(page, base);
  } catch (error) {
    console.warn(error);
    const alert = document.createElement("p");
    alert.role = "alert";
    alert.textContent = page.dataset.failed;
    page.append(alert);
    without.hidden = false;
  }
}

function startBox() {
  const toggle = document.getElementById("__search");
  const field = box.querySelector("input");
  const form = box.querySelector("form");
  const list = box.querySelector("ol");
  const meta = box.querySelector(".md-search-result__meta");
  const hint = meta.textContent;
  let asked = 0;
  let pause = 0;

  const open = () => {
    // On its own page the search has a larger field.
    const target = page?.querySelector("input[type=search]") ?? field;
    toggle.checked = target === field;
    target.focus();
    target.select();
  };
  const close = () => {
    toggle.checked = false;
    field.blur();
  };
  const show = async () => {
    const query = field.value.trim();
    const mine = (asked += 1);
    const { suggest } = await import("./suggest.js");
    const found = query.length > 1 ? await suggest(base, form.action, query, NAMES, BRIEFS) : { rows: [], message: hint };
    if (mine === asked) {
      list.replaceChildren(...found.rows);
      meta.textContent = found.message;
    }
  };

  field.addEventListener("focus", () => {
    toggle.checked = true;
    import("./suggest.js");
  });
  toggle.addEventListener("change", () => toggle.checked && field.focus());
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE);
  });
  form.addEventListener("reset", () => setTimeout(() => (show(), field.focus())));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }
    const isOpen = box.contains(document.activeElement);
    if ((event.key === "/" || event.key === "s") && !isWritten(document.activeElement)) {
      event.preventDefault();
      open();
    } else if (event.key === "Escape" && (isOpen || toggle.checked)) {
      close();
    } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const stops = [field, ...list.querySelectorAll("a")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
    }
  });
}

function isWritten(element) {
  return Boolean(element?.isContentEditable || element?.matches("input:not([type=checkbox]), textarea, select"));
}
