// Sorting proposals: links and forms marked `data-swap` answer in place; a long text is read on.
import { all, one, pageOf, say } from "./dom.js";

const work = one("[data-triage]");
let busy = false;

function send(address, options, fragment) {
  return fetch(address, { ...options, headers: { "X-Fragment": fragment } });
}

function body(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return new URLSearchParams(data);
}

function settle(before, place) {
  const list = one(".proposals [aria-current]", work);
  list?.scrollIntoView({ block: "nearest" });
  const same = before && all("a, button", work).find((one_) => one_.dataset.key === before);
  const target = one("[data-summary]", work) || same || one("#proposal-title", work);
  target?.focus({ preventScroll: true });
  if (one("[data-summary]", work) || place < scrollY) scrollTo({ top: 0 });
}

async function swap(address, options = {}) {
  if (busy) return;
  busy = true;
  const old = one("#triage");
  const before = options.method ? null : document.activeElement?.dataset?.key;
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await send(address, options, "triage");
    const fresh = one("#triage", await pageOf(answer));
    if (!fresh) throw new Error(String(answer.status));
    const open = one(".listed details", old)?.open;
    old.replaceWith(fresh);
    const weak = one(".listed details", fresh);
    if (weak && open) weak.open = true;
    const shown = new URL(answer.url);
    shown.searchParams.delete("said");
    if (answer.ok) history.pushState({}, "", shown);
    settle(before, old.offsetTop);
    say(one("#triage").dataset.say);
    readOn();
  } catch {
    // Whatever went wrong, the plain page knows how to say it.
    location.assign(options.method ? location.href : address);
  } finally {
    busy = false;
  }
}

// A form opened before a portion came in stays valid: only the bar above the work is replaced.
async function readOn() {
  const form = one("[data-reading]");
  if (!form || form.dataset.sent) return;
  form.dataset.sent = "1";
  try {
    const answer = await send(form.action, { method: "POST", body: body(form) }, "reading");
    const fresh = one("#reading", await pageOf(answer));
    if (!fresh || !answer.ok) return;
    const finished = !one("[data-reading]", fresh);
    one("#reading")?.replaceWith(fresh);
    if (finished) {
      say(fresh.dataset.say);
      if (!one("details[open].reasons")) swap(location.href);
    } else readOn();
  } catch {
    // The button below the bar goes on from the same place.
  }
}

function plain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

if (work) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (link && plain(event)) {
      event.preventDefault();
      swap(link.href);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form) return;
    event.preventDefault();
    swap(form.action, { method: "POST", body: body(form, event.submitter) });
  });
  addEventListener("popstate", () => location.reload());
  readOn();
}
