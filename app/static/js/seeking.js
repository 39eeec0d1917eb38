// Words find a source on the register: the list that a field names is drawn anew as one types.
import { all, one } from "./dom.js";

const PAUSE = 180;
const TALLEST = 8;

// The field of the words stands still while the list under it grows; who chose closes it.
function close(list) {
  list.size = 1;
}

function draw(field, list, found) {
  const chosen = list.matches("select") ? [...list.selectedOptions] : [];
  const kept = list.matches("select") ? [list.options[0], ...chosen] : [];
  const fresh = found.sources
    .filter(({ key }) => !kept.some((option) => option.value === key))
    .map(({ key, line }) => new Option(line, key));
  list.replaceChildren(...new Set(kept), ...fresh);
  if (list.matches("select")) {
    const open = field.value.trim() && fresh.length;
    list.size = open ? Math.min(TALLEST, list.options.length) : 1;
  }
  const told = field.dataset.told && one(`#${field.dataset.told}`);
  if (told) told.textContent = found.told;
}

function seek(field) {
  const list = field.list || one(`#${field.getAttribute("aria-controls")}`);
  const before = one(`[name="${field.name}_before"]`);
  let asked = before ? before.value.trim() : "";
  let turn = 0;
  let timer;

  async function ask() {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    const mine = ++turn;
    const address = new URL(field.dataset.seeks, location);
    address.searchParams.set("q", words);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || mine !== turn) return;
    draw(field, list, await answer.json());
    if (before) before.value = field.value;
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  field.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  field.addEventListener("compositionend", later);
  if (!list.matches("select")) return;
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    ask();
    list.focus();
  });
  list.addEventListener("click", (event) => { if (event.target.matches("option")) close(list); });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || list.size < 2) return;
    event.preventDefault();
    close(list);
  });
  list.addEventListener("blur", () => close(list));
}

for (const field of all("[data-seeks]")) seek(field);
