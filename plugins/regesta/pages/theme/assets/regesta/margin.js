/* Unfolds the parts of a brief's margin where there is room for them beside the text, and folds them where there is not. */

const room = matchMedia("(min-width: 48em)");
const parts = document.querySelectorAll(".rg-margin details:not(.rg-contents)");

function fold() {
  parts.forEach((part) => {
    part.open = room.matches;
    // What cannot be folded is no stop for the keyboard.
    const words = part.querySelector("summary");
    if (room.matches) words.tabIndex = -1;
    else words.removeAttribute("tabindex");
  });
}

fold();
room.addEventListener("change", fold);
