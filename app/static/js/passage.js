// Words or a cell chosen in the copy beside the form fill it, and what they say is told at once.
import { all, one, pageOf } from "./dom.js";
import { selectedIn } from "./selection.js";

const SETTLED = 300;
const ASKED = ["quote", "place", "figure", "figure_place", "period", "basis", "observation_status",
  "same_scope", "addresses", "locator_kind", "locator"];
const WAYS = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};
const copy = one("#copy");
const told = one("#reading");
const form = copy?.closest("form");
let latest = 0;
let waiting;
let byKey = false;

async function ask(about = {}) {
  const turn = ++latest;
  const typed = new FormData(form);
  const asked = new URLSearchParams();
  for (const name of ASKED) for (const value of typed.getAll(name)) asked.append(name, value);
  for (const [name, value] of Object.entries(about)) asked.set(name, value);
  const answer = await fetch(`${copy.dataset.ask}?${asked}`);
  if (!answer.ok || turn !== latest) return;
  const page = await pageOf(answer);
  told.replaceChildren(...page.body.childNodes);
  fill(JSON.parse(one("[data-fill]", told).dataset.fill));
}

// What was filled in is a draft like what was typed.
function fill(found) {
  for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
  form.elements.quote.dispatchEvent(new Event("input", { bubbles: true }));
}

// A figure that was read goes with the passage it was read in; one that was typed stays.
function choose(place) {
  const read = form.elements.figure_place.value && { figure: "", figure_place: "" };
  ask({ quote: "", locator: "", place, ...read });
}

function take() {
  const found = selectedIn(copy);
  if (found) choose(`${found.start}-${found.stop}`);
}

function walk(event) {
  const way = WAYS[event.key];
  if (event.key === "Enter") {
    event.preventDefault();
    take();
  }
  if (!way) return;
  event.preventDefault();
  const chosen = getSelection();
  if (!copy.contains(chosen.focusNode)) chosen.collapse(one("[data-start]", copy), 0);
  const before = chosen.getRangeAt(0).cloneRange();
  if (event.shiftKey) chosen.modify("extend", ...way);
  else {
    if (way[0] === "forward") chosen.collapseToEnd();
    else chosen.collapseToStart();
    const line = way[1] === "line";
    if (line) {
      chosen.modify("move", ...way);
      chosen.modify("move", "backward", "lineboundary");
    }
    chosen.modify("extend", line ? "forward" : way[0], "word");
  }
  // Behind the last line the page goes on, but the copy does not.
  if (!copy.contains(chosen.focusNode)) {
    chosen.removeAllRanges();
    chosen.addRange(before);
  }
  chosen.focusNode.parentElement.scrollIntoView({ block: "nearest" });
}

function step(event, cell) {
  const row = cell.parentElement;
  const next = {
    ArrowRight: () => cell.nextElementSibling,
    ArrowLeft: () => cell.previousElementSibling,
    ArrowDown: () => row.nextElementSibling?.cells[cell.cellIndex],
    ArrowUp: () => row.previousElementSibling?.cells[cell.cellIndex],
  }[event.key]?.();
  if (!next) return;
  event.preventDefault();
  const button = one("button", next);
  if (button) button.focus();
  else step(event, next);
}

if (copy && form) {
  const first = one(".cells button", copy);
  if (first) first.tabIndex = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    if (!byKey) waiting = setTimeout(take, SETTLED);
  });
  copy.addEventListener("pointerdown", () => { byKey = false; });
  copy.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    byKey = true;
    const cell = event.target.closest("td");
    if (cell) step(event, cell);
    else if (event.target === copy) walk(event);
  });
  form.addEventListener("click", (event) => {
    const [act, about] = event.target.closest("button[name=act]")?.value.split(":") || [];
    if (act !== "at" && act !== "figure") return;
    event.preventDefault();
    // Words marked before stay marked while a button is pressed, and would be taken once more.
    getSelection().removeAllRanges();
    clearTimeout(waiting);
    if (act === "at") choose(about);
    else ask({ figure: "", figure_place: about });
    for (const marked of all("[aria-current]", copy)) marked.removeAttribute("aria-current");
    event.target.closest("td")?.setAttribute("aria-current", "true");
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "figure") form.elements.figure_place.value = "";
    if (ASKED.slice(2).includes(target.name)) ask();
  });
}
