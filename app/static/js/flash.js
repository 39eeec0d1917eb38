// What was done is said for twelve seconds, and for as long as somebody points at it or stands in it.
import { all, one } from "./dom.js";

const LASTS = 12000;
const known = new WeakSet();

function fade() {
  for (const flash of all(".flash")) {
    if (known.has(flash)) continue;
    known.add(flash);
    const timer = setInterval(() => {
      if (flash.matches(":hover, :focus-within")) return;
      clearInterval(timer);
      flash.remove();
    }, LASTS);
  }
}

const flashes = one(".flashes");
if (flashes) new MutationObserver(fade).observe(flashes, { childList: true });
fade();
