// Single keys. A key never does what no link or button does: it presses the element that carries
// it in `data-key`. Off in fields, in dialogs, while an input method composes, with modifiers.
import { all, one, prefer, preferences, say } from "./dom.js";

const FULL_WIDTH = { "？": "?", "／": "/" };
const PREFIX_LASTS = 1200;
const dialog = one("#keys");
let prefix = "";
let prefixEnds = 0;

// What is folded away in `details` still has rectangles, but nobody sees it.
const shown = (element) => element.getClientRects().length > 0 && element.checkVisibility();
const holders = () => all("[data-key]").filter(shown);

function name(element) {
  const label = element.dataset.keyText || element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  for (const part of all("kbd, .count", copy)) part.remove();
  return copy.textContent.trim();
}

function typing(target) {
  return target.matches("textarea, select, [contenteditable], " +
    "input:not([type=radio]):not([type=checkbox]):not([type=range])");
}

function press(element) {
  element.click();
  if (element.matches("input")) {
    element.focus();
    say(name(element));
  }
}

function find(key) {
  const waiting = prefix && Date.now() < prefixEnds ? `${prefix} ${key}` : "";
  prefix = "";
  const wanted = holders();
  const found = wanted.find((element) => element.dataset.key === waiting)
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
  if (preferences().keys === false || typing(target) || one("dialog[open]")) return;
  const found = find(FULL_WIDTH[event.key] || event.key);
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
  for (const key of element.dataset.key.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    keys.append(cap, " ");
  }
  line.append(what, keys);
  return line;
}

for (const opener of all("[data-keys-open]")) {
  opener.addEventListener("click", () => {
    const listed = new Map(holders().map((element) => [element.dataset.key, element]));
    // The keys of this very page come first, the ways to other pages after them.
    const ordered = [...listed.values()].sort((a, b) => a.dataset.key.length - b.dataset.key.length);
    one("tbody", dialog).replaceChildren(...ordered.map(row));
    one("[data-keys-switch]", dialog).checked = preferences().keys !== false;
    dialog.showModal();
  });
}

dialog.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-switch]")) prefer({ keys: event.target.checked });
});

for (const element of all("[data-key]")) {
  if (!element.dataset.key.includes(" ")) {
    element.setAttribute("aria-keyshortcuts", element.dataset.key);
  }
}
