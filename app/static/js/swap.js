// One address, two renderings: links and forms marked `data-swap` take over the parts of the page
// that their answer brings. Whatever goes wrong, the plain page is one navigation away.
import { all, one, pageOf, preferences, say } from "./dom.js";
import { dress } from "./keys.js";

const SLOW = 400;
const MARKS = ".hl, .fg, .chip";
const wide = matchMedia("(min-width: 62.01rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const unsent = new Map();
let latest = 0;

function focusAfter(card, before) {
  const wrong = one("[aria-invalid] input, textarea[aria-invalid]", card);
  const target = wrong || one(".keypad [role=alert]", card) || (before && one(before, card)) || one("h2", card);
  if (!target.matches("a, button, input, textarea")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

// What was typed for a claim and not sent waits here until one comes back to it.
function keep(card) {
  const text = one(".dock textarea", card);
  if (text?.value) unsent.set(card.dataset.id, [text.value, one(".tiles :checked", card)?.value]);
  else unsent.delete(card.dataset.id);
}

function restore(card) {
  const [text, status] = unsent.get(card.dataset.id) || [];
  const field = one(".dock textarea", card);
  if (!text || !field || field.value) return;
  field.value = text;
  const tile = status && one(`.tiles [value="${status}"]`, card);
  if (tile) tile.checked = true;
}

function mark(number) {
  for (const link of all("[data-go][aria-current]")) link.removeAttribute("aria-current");
  for (const link of all(`[data-go="${number}"]`)) link.setAttribute("aria-current", "true");
  for (const run of all(".hl.on")) run.classList.remove("on");
  for (const run of all(`.hl[data-claim="${number}"]`)) run.classList.add("on");
}

export function visible(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const drawer = one(".drawer");
  const floor = drawer && wide.matches ? drawer.getBoundingClientRect().top : innerHeight;
  return top > one(".top").offsetHeight && bottom < floor;
}

export function reveal(number, behavior = still.matches ? "auto" : "smooth") {
  if (!wide.matches) {
    one("#card").scrollIntoView({ block: "start" });
    return;
  }
  const run = one(`.hl[data-claim="${number}"]`);
  if (run && !visible(run)) run.scrollIntoView({ block: "center", behavior });
  one(`.rail [data-go="${number}"]`)?.scrollIntoView({ block: "nearest" });
}

export function drawerFits() {
  const drawer = one(".drawer");
  if (drawer) drawer.open = preferences().drawer !== "closed";
}

function takeDrawer(page) {
  const fresh = one("#drawer", page);
  one("#drawer")?.remove();
  if (!fresh) return;
  one("#card").after(fresh);
  drawerFits();
  dress(fresh);
}

// After a verdict the statuses of the whole page may differ; the text itself stays where it is.
function takeStatuses(page) {
  if (!one(".galley", page)) return;
  for (const part of [".head", ".rail"]) one(part).replaceWith(one(part, page));
  dress(one(".head"));
  const before = all(MARKS, one(".galley"));
  const after = all(MARKS, one(".galley", page));
  if (before.length !== after.length) {
    one(".galley").replaceChildren(...one(".galley", page).childNodes);
    return;
  }
  after.forEach((fresh, at) => {
    const known = before[at];
    if (fresh.matches(".chip")) known.replaceWith(fresh);
    else if (known.className !== fresh.className) known.className = fresh.className;
  });
}

function takeFlashes(page) {
  const fresh = all(".flashes > *", page);
  if (fresh.length) one(".flashes").replaceChildren(...fresh);
}

function take(page, address, before, focus) {
  const card = one("#card");
  const fresh = one("#card", page);
  keep(card);
  card.replaceChildren(...fresh.childNodes);
  Object.assign(card.dataset, fresh.dataset);
  const refused = one(".keypad [role=alert]", card);
  if (!refused) restore(card);
  one(".body", card)?.scrollTo(0, 0);
  takeStatuses(page);
  takeDrawer(page);
  takeFlashes(page);
  const which = one(".jump [data-which]");
  which?.replaceWith(one("[data-which]", card).cloneNode(true));
  const stated = one(".jump [data-stated]");
  if (stated) stated.textContent = one(".figure b", card)?.textContent || "";
  dress(card);
  mark(fresh.dataset.claim);
  if (address) history.pushState({}, "", address);
  document.title = document.title.replace(/^(C-\d+ · )?/, `${one(".id", card).textContent} · `);
  if (focus) focusAfter(card, before);
  // On a narrow screen the keypad stands far below the head of its card.
  if (refused && !wide.matches) refused.scrollIntoView({ block: "center" });
  else reveal(fresh.dataset.claim);
  say(fresh.dataset.say);
}

// A page that is no card, as the one where two edits meet, takes the place of the whole view.
function whole(page) {
  for (const sheet of all("link[rel=stylesheet]", page)) {
    if (!one(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
  }
  one("main").replaceWith(one("main", page));
  document.title = page.title;
  dress(one("main"));
  const head = one("[data-summary], h1", one("main"));
  head.tabIndex = -1;
  head.focus();
}

async function waiting(act) {
  const card = one("#card");
  const bar = setTimeout(() => card.setAttribute("aria-busy", "true"), SLOW);
  try {
    return await act();
  } finally {
    clearTimeout(bar);
    card.removeAttribute("aria-busy");
  }
}

export async function select(address, { push = true, drawer = false } = {}) {
  const turn = ++latest;
  const card = one("#card");
  if (!card) return location.assign(address);
  const begun = performance.now();
  const inside = card.contains(document.activeElement);
  const kept = inside && document.activeElement.dataset.keep;
  try {
    const page = await waiting(async () => {
      const answer = await fetch(address, { headers: { "X-Fragment": "card" } });
      return answer.ok ? pageOf(answer) : null;
    });
    if (turn !== latest) return;
    if (drawer) {
      history.replaceState({}, "", address);
      takeDrawer(page);
    } else {
      take(page, push && address, kept && `[data-keep="${kept}"]`, inside);
    }
    performance.measure("claim-switch", { start: begun });
  } catch {
    // The plain page knows how to say what went wrong.
    location.assign(address);
  }
}

export async function send(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await waiting(
      () => fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "review" } }));
    const page = await pageOf(answer);
    if (one("#card", page)) {
      if (answer.redirected) unsent.delete(one("#card").dataset.id);
      for (const field of all("textarea", form)) field.value = "";
      take(page, answer.redirected && answer.url, null, true);
    } else if ([409, 422].includes(answer.status)) whole(page);
    else form.submit();
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    say(one("#card").dataset.unsaved);
    const told = one("[data-unsaved-note]", form) || document.createElement("p");
    told.className = "error";
    told.dataset.unsavedNote = "";
    told.textContent = one("#card").dataset.unsaved;
    form.prepend(told);
    delete form.dataset.sending;
    // It is a draft again, with what was typed while it was under way.
    one("textarea", form).dispatchEvent(new Event("input", { bubbles: true }));
  } finally {
    delete form.dataset.sending;
  }
}
