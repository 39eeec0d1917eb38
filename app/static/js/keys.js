// Single keys. A key never does what no link or button does: it presses the element that carries
// it in `data-key`. Off in fields, in dialogs, while an input method composes, with modifiers.
import { all, one, prefer, say } from "./dom.js";
import { meant, ofAccount, off, own } from "./keymap.js";

const PREFIX_LASTS = 1200;
const dialog = one("#keys");
let prefix = "";
let prefixEnds = 0;

// What is folded away in `details` still has rectangles, but nobody sees it.
const shown = (element) => element.getClientRects().length > 0 && element.checkVisibility();
export const holders = () => all("[data-key]:not(:disabled)").filter(shown);

// A key of two presses begins with one that may have been changed; the second is a page's letter.
export const caps = (element) => element.dataset.key.split(" ")
  .map((key, at) => (at ? key : own(key)));

export function name(element) {
  const label = element.dataset.keyText || element.getAttribute("aria-label");
  if (label) return label;
  const copy = (element.labels?.[0] ?? element).cloneNode(true);
  for (const part of all("kbd, .count", copy)) part.remove();
  return copy.textContent.trim();
}

// A field of a dialog that was closed just now may have the focus for a moment still.
function typing(target) {
  return shown(target) && target.matches("textarea, select, [contenteditable], " +
    "input:not([type=radio]):not([type=checkbox]):not([type=range])");
}

export function press(element) {
  element.click();
  if (element.matches("input") && !element.closest("tr")) {
    element.focus();
    say(name(element));
  }
}

function find(pressed) {
  const waiting = prefix && Date.now() < prefixEnds ? `${prefix} ${pressed}` : "";
  const key = meant(pressed);
  prefix = "";
  const wanted = holders();
  // In a list the key is about the row the focus is in, else about the first.
  const row = document.activeElement.closest("tr");
  const found = wanted.find((element) => waiting && element.dataset.key === waiting)
    || wanted.find((element) => element.dataset.key === key && row?.contains(element))
    || wanted.find((element) => element.dataset.key === key);
  if (!found && wanted.some((element) => element.dataset.key.startsWith(`${key} `))) {
    prefix = key;
    prefixEnds = Date.now() + PREFIX_LASTS;
  }
  return found;
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.isComposing || event.keyCode === 229) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    // With nothing in focus the page's own form is meant, where it has exactly one.
    const offered = all("main [data-submit]").filter(shown);
    const form = target.closest("form") || (offered.length === 1 ? offered[0].form : null);
    const submit = form && one("[data-submit]", form);
    if (submit) {
      event.preventDefault();
      form.requestSubmit(submit);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (off() || typing(target) || one("dialog[open]")) return;
  // Enter on a link, a button or a choice is theirs.
  if (event.key === "Enter" && target.closest("a, button, summary, input")) return;
  const found = find(event.key);
  if (found) {
    event.preventDefault();
    press(found);
  }
});

function row(element) {
  const line = document.createElement("tr");
  const what = document.createElement("th");
  what.scope = "row";
  what.textContent = name(element);
  const keys = document.createElement("td");
  keys.className = "num";
  for (const key of caps(element)) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    keys.append(cap, " ");
  }
  line.append(what, keys);
  return line;
}

for (const opener of all("[data-keys-open]")) {
  opener.addEventListener("click", () => {
    const kept = holders().filter((element) => caps(element)[0]);
    const listed = new Map(kept.map((element) => [element.dataset.key, element]));
    // The keys of this very page come first, the ways to other pages after them.
    const ordered = [...listed.values()].sort((a, b) => caps(a).length - caps(b).length);
    one("tbody", dialog).replaceChildren(...ordered.map(row));
    const toggle = one("[data-keys-switch]", dialog);
    toggle.checked = !off();
    toggle.disabled = !ofAccount();
    dialog.showModal();
  });
}

dialog.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-switch]")) prefer({ keys: event.target.checked });
});

// A key that was changed is shown and announced as it is now, also in what a swap brings.
export function dress(within) {
  for (const element of all("[data-key]", within)) {
    const [key, second] = caps(element);
    if (!second && key) element.setAttribute("aria-keyshortcuts", key);
    const cap = one("kbd", element);
    if (cap && cap.textContent === element.dataset.key) {
      cap.textContent = key;
      cap.hidden = !key || off();
    }
  }
}

dress(document);
