// What goes on by itself is shown as it goes: parts that say so are fetched again until it is over.
import { all, one } from "./dom.js";

const EVERY = 1500;

async function look() {
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Whoever is away sees it when they are back.
  }
  go();
}

function renew(page) {
  for (const part of all("[data-live]")) {
    const fresh = page.getElementById(part.id);
    // What somebody is busy in stays as it is; the next page shows the rest.
    if (!fresh || part.contains(document.activeElement)) part.removeAttribute("data-under-way");
    else if (fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
  }
}

function go() {
  if (one("[data-under-way]")) setTimeout(document.hidden ? go : look, EVERY);
}

go();
