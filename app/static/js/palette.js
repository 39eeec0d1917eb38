// The palette (Ctrl or Cmd K): pages, the actions of this page with their keys, and whatever the
// search finds. Without this module the same link opens the search page.
import { all, one } from "./dom.js";
import { caps, holders, name, press } from "./keys.js";

const dialog = one("#palette");
const field = dialog && one("input", dialog);
const list = dialog && one("[role=listbox]", dialog);
const IDLE = 150;
const MOST = 12;
const OF_KIND = { article: 3, claim: 6, source: 3 };
let actions = [];
let shown = [];
let chosen = 0;
let timer;
let asking;

function local(typed) {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text, keys }) => keys === typed
    || parts.every((part) => text.toLowerCase().includes(part));
  return actions.filter(fits);
}

function option({ text, keys, more }, at) {
  const line = document.createElement("div");
  line.role = "option";
  line.id = `palette-${at}`;
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (more) line.append(Object.assign(document.createElement("small"), { textContent: more }));
  for (const key of keys ? keys.split(" ") : []) {
    line.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  }
  return line;
}

function choose(at) {
  chosen = shown.length ? (at + shown.length) % shown.length : 0;
  all("[role=option]", list).forEach((line, number) => {
    line.setAttribute("aria-selected", String(number === chosen));
    if (number === chosen) line.scrollIntoView({ block: "nearest" });
  });
  if (shown.length) field.setAttribute("aria-activedescendant", `palette-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
}

function draw(entries) {
  const kept = shown[chosen];
  shown = entries;
  list.replaceChildren(...entries.map(option));
  one("[data-fits]", dialog).textContent = entries.length;
  // What comes in later never moves the choice away from under the hand.
  const same = kept ? entries.findIndex(({ text, keys }) => text === kept.text && keys === kept.keys) : 0;
  choose(chosen && same > 0 ? same : 0);
}

function everywhere(typed) {
  const address = `${one("form", dialog).action}?q=${encodeURIComponent(typed)}`;
  return { text: dialog.dataset.all.replace("{asked}", typed), run: () => location.assign(address) };
}

function hit({ number, figure, title, kind_label: kind, article, href }) {
  const named = [number && `C-${String(number).padStart(2, "0")}`, figure, title];
  return {
    text: named.filter(Boolean).join(" "),
    more: [kind, article].filter(Boolean).join(" · "),
    run: () => location.assign(href),
  };
}

// A few of each kind; figures are left to the search page.
function few(hits) {
  return Object.entries(OF_KIND)
    .flatMap(([kind, most]) => hits.filter((found) => found.kind === kind).slice(0, most));
}

async function ask(typed, before) {
  asking?.abort();
  asking = new AbortController();
  const address = one("form", dialog).action;
  try {
    const query = `${address}.json?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(query, { signal: asking.signal });
    if (!answer.ok || field.value.trim() !== typed) return;
    const { hits } = await answer.json();
    draw([...before, ...few(hits).map(hit), everywhere(typed)]);
  } catch {
    // The last entry still leads to the search page, which can say what is wrong.
  }
}

function refresh() {
  clearTimeout(timer);
  const typed = field.value.trim();
  const fitting = local(typed).slice(0, typed ? 5 : MOST);
  draw(typed ? [...fitting, everywhere(typed)] : fitting);
  if (typed) timer = setTimeout(() => ask(typed, fitting), IDLE);
}

function open() {
  const seen = new Map();
  for (const element of holders()) {
    const text = name(element);
    const keys = caps(element);
    if (!seen.has(text) && !element.matches("[data-palette]")) {
      seen.set(text, { text, keys: keys[0] ? keys.join(" ") : "", run: () => press(element) });
    }
  }
  actions = [...seen.values()].sort((a, b) => a.keys.split(" ").length - b.keys.split(" ").length);
  field.value = "";
  chosen = 0;
  dialog.showModal();
  refresh();
  field.focus();
}

function run(at) {
  const entry = shown[at];
  dialog.close();
  entry?.run();
}

if (dialog) {
  for (const opener of all("[data-palette]")) {
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() !== "k" || (one("dialog[open]") && !dialog.open)) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  field.addEventListener("input", refresh);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    } else if (event.key === "Enter" && shown.length) {
      event.preventDefault();
      run(chosen);
    }
  });
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) run(Number(line.id.replace("palette-", "")));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
