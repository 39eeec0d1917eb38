// The reading view: the claim card is swapped in place, the text stays where the reader left it.
import { all, one, say } from "./dom.js";

const review = one("[data-review]");
const wide = matchMedia("(min-width: 62.01rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const go = (number) => all(`[data-go="${number}"]`);
const current = () => one(".rail [aria-current]")?.dataset.go;

function focusAfter(card, before) {
  const same = before && one(before, card);
  const target = same || one("h2", card);
  if (!same) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function mark(number) {
  for (const link of all("[data-go][aria-current]")) link.removeAttribute("aria-current");
  for (const link of go(number)) link.setAttribute("aria-current", "true");
  for (const run of all(".hl.on")) run.classList.remove("on");
  for (const run of all(`.hl[data-claim="${number}"]`)) run.classList.add("on");
}

function visible(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top > one(".top").offsetHeight && bottom < innerHeight;
}

function reveal(number) {
  if (!wide.matches) {
    one("#card").scrollIntoView({ block: "start" });
    return;
  }
  const behavior = still.matches ? "auto" : "smooth";
  const run = one(`.hl[data-claim="${number}"]`);
  if (run && !visible(run)) run.scrollIntoView({ block: "center", behavior });
  one(`.rail [data-go="${number}"]`)?.scrollIntoView({ block: "nearest" });
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { "X-Fragment": "card" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function select(address, { push = true } = {}) {
  const card = one("#card");
  const active = document.activeElement;
  const inside = card.contains(active);
  const before = inside && active.dataset.keep ? `[data-keep="${active.dataset.keep}"]` : null;
  card.setAttribute("aria-busy", "true");
  let page;
  try {
    page = await fetched(address);
  } catch {
    // Whatever went wrong, the plain page knows how to say it.
    location.href = address;
    return;
  }
  const fresh = one("#card", page);
  const number = fresh.dataset.claim;
  card.replaceChildren(...fresh.childNodes);
  card.dataset.claim = number;
  card.removeAttribute("aria-busy");
  one(".body", card)?.scrollTo(0, 0);
  one(".jump [data-which]")?.replaceWith(one("[data-which]", card).cloneNode(true));
  mark(number);
  if (push) history.pushState({ claim: number }, "", address);
  document.title = document.title.replace(/^(C-\d+ · )?/, `${one(".id", card).textContent} · `);
  if (inside) focusAfter(card, before);
  reveal(number);
  say(card.dataset.say = fresh.dataset.say);
}

function follows(event, link) {
  return link && event.button === 0
    && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

function claimUnder(run) {
  const stack = [];
  for (let at = run; at?.classList?.contains("hl"); at = at.parentElement) {
    stack.push(at.dataset.claim);
  }
  // Text under several claims cycles through them, the innermost first.
  return stack[(stack.indexOf(current()) + 1) % stack.length];
}

function tint(event, on) {
  const holder = event.target.closest?.("[data-go], .hl");
  const number = holder?.dataset.go || holder?.dataset.claim;
  if (!number) return;
  for (const run of all(`.hl[data-claim="${number}"]`)) run.classList.toggle("hover", on);
}

if (review) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go], a[data-swap]");
    if (follows(event, link)) {
      event.preventDefault();
      select(link.href);
      return;
    }
    const run = event.target.closest(".hl");
    if (run && getSelection().isCollapsed) {
      const chip = one(`.rail [data-go="${claimUnder(run)}"]`);
      if (chip) select(chip.href);
    }
  });
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true],
    ["focusout", false]]) {
    review.addEventListener(name, (event) => tint(event, on));
  }
  addEventListener("popstate", () => select(location.href, { push: false }));
  const run = wide.matches && new URL(location.href).searchParams.has("claim") && one(".hl.on");
  if (run && !visible(run)) run.scrollIntoView({ block: "center", behavior: "instant" });
}
