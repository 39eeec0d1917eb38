// Who else is editing, and what others saved meanwhile. Nothing on the page moves by itself: both
// stand in one line, and "show them" is a link.
import { one } from "./dom.js";
import { editing, saving } from "./drafts.js";

const EVERY = 20_000;
const line = one("[data-watch]");
let asking = false;
let asked = Date.now();
let timer;

function write(element, text) {
  // A polite region that is given the same words again would be read again.
  if (element.textContent !== text) element.textContent = text;
}

async function ask() {
  clearTimeout(timer);
  timer = setTimeout(ask, EVERY);
  if (document.hidden || asking || saving()) return;
  asking = true;
  asked = Date.now();
  const { watch, watches, since, editing: own, token } = line.dataset;
  const claim = editing();
  const here = own || (claim && `${watches}${claim}`);
  try {
    let answer;
    if (here) {
      const headers = { "X-CSRFToken": token };
      answer = await fetch(`${here}?since=${since}`, { method: "PUT", headers, redirect: "manual" });
    }
    if (here !== watch) answer = await fetch(`${watch}?since=${since}`, { redirect: "manual" });
    if (!answer.ok) return;
    const { people, news } = await answer.json();
    write(one("[data-people]", line), people);
    write(one("[data-news] span", line), news);
    one("[data-news]", line).hidden = !news;
  } catch {
    // Whoever is away hears of it when they are back.
  } finally {
    asking = false;
  }
}

if (line) {
  timer = setTimeout(ask, line.dataset.editing ? 0 : EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - asked >= EVERY) ask();
  });
}
