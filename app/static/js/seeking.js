// Words find a source on the register: the list that a field names is drawn anew as one types.
import { all, one } from "./dom.js";

const PAUSE = 180;
const PATIENCE = 8000;
const TALLEST = 8;
let pressing = false;

// The field of the words stands still while the list under it grows; who chose closes it.
function close(list) {
  list.size = 1;
}

// What stands below moves up when the list closes: a click meets it where it was pressed.
function left(list) {
  if (pressing) addEventListener("pointerup", () => setTimeout(close, 0, list), { once: true });
  else close(list);
}

function tell(field, text) {
  const told = field.dataset.told && one(`#${field.dataset.told}`);
  if (told) told.textContent = text;
}

function draw(field, list, found) {
  const chosen = list.matches("select") ? [...list.selectedOptions] : [];
  const kept = list.matches("select") ? [list.options[0], ...chosen] : [];
  const fresh = [];
  for (const { key, line } of found.sources) {
    const known = kept.find((option) => option.value === key);
    if (known) known.text = line;
    else fresh.push(new Option(line, key));
  }
  list.replaceChildren(...new Set(kept), ...fresh);
  if (list.matches("select")) {
    const open = field.value.trim() && fresh.length;
    list.size = open ? Math.min(TALLEST, list.options.length) : 1;
  }
  tell(field, found.told);
}

// What was found; null where nothing came that can be read, as when one is signed out.
async function answerOf(field, words) {
  const address = new URL(field.dataset.seeks, location);
  address.searchParams.set("q", words);
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function seek(field) {
  const list = field.list || one(`#${field.getAttribute("aria-controls")}`);
  const before = one(`[name="${field.name}_before"]`);
  // The list of the page is that of the words it came with, whatever the browser put back since.
  let asked = field.defaultValue.trim();
  if (before) before.value = asked;
  let turn = 0;
  let timer;

  async function ask() {
    clearTimeout(timer);
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    const mine = ++turn;
    const found = await answerOf(field, words);
    if (mine !== turn) return;
    if (!found) {
      asked = null;
      tell(field, field.dataset.failed);
      return;
    }
    draw(field, list, found);
    if (before) before.value = words;
  }

  const go = (event) => {
    event.preventDefault();
    ask();
    list.focus();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  field.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  field.addEventListener("compositionend", later);
  addEventListener("pageshow", ask);
  if (!list.matches("select")) return;
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    if (!["Enter", "ArrowDown"].includes(event.key)) return;
    go(event);
  });
  // The page is asked for anew, and a chosen file lost, only where the list could not be had.
  one("button[value=sources]", field.form).addEventListener("click", (event) => {
    if (asked !== null) go(event);
  });
  list.addEventListener("click", (event) => { if (event.target.matches("option")) close(list); });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || list.size < 2) return;
    event.preventDefault();
    close(list);
  });
  list.addEventListener("blur", () => left(list));
}

for (const [name, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
  addEventListener(name, () => { pressing = down; }, true);
}
for (const field of all("[data-seeks]")) seek(field);
