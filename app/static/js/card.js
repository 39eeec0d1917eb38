// The reading view: the claim card is swapped in place, the text stays where the reader left it.
import { all, one, prefer, preferences, say } from "./dom.js";
import { drawerFits, reveal, select, send, visible } from "./swap.js";

const review = one("[data-review]");
const current = () => one(".rail [aria-current]")?.dataset.go;

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

async function choose(link) {
  for (const other of all(".evidence [aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  prefer({ drawer: "open" });
  await select(link.href, { drawer: true });
  const drawer = one("#drawer");
  drawer?.scrollIntoView({ block: "nearest" });
  if (drawer) say(one("summary", drawer).textContent);
}

if (review) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go], a[data-swap]");
    if (follows(event, link)) {
      event.preventDefault();
      if (link.dataset.swap === "drawer") choose(link);
      else select(link.href);
      return;
    }
    const run = event.target.closest(".hl");
    if (run && getSelection().isCollapsed) {
      const chip = one(`.rail [data-go="${claimUnder(run)}"]`);
      if (chip) select(chip.href);
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-swap]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("toggle", (event) => {
    const state = event.target.open ? "open" : "closed";
    // A drawer that a swap brought in also tells that it is open.
    if (event.target.matches(".drawer") && preferences().drawer !== state) {
      prefer({ drawer: state });
      document.documentElement.dataset.drawer = state;
    }
    if (event.target.matches("#flag[open]")) one("textarea", event.target).focus();
  }, true);
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true],
    ["focusout", false]]) {
    review.addEventListener(name, (event) => tint(event, on));
  }
  addEventListener("popstate", () => select(location.href, { push: false }));
  drawerFits();
  const run = new URL(location.href).searchParams.has("claim") && one(".hl.on");
  if (run && matchMedia("(min-width: 62.01rem)").matches && !visible(run)) {
    reveal(run.dataset.claim, "instant");
  }
}
