// A region that scrolls sideways can be reached and scrolled by keyboard, and only while it scrolls.
import { all } from "./dom.js";

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

function fit() {
  for (const region of all(".scroll")) {
    const scrolls = region.scrollWidth > region.clientWidth && !region.querySelector(FOCUSABLE);
    region.toggleAttribute("tabindex", false);
    if (scrolls) region.tabIndex = 0;
  }
}

fit();
addEventListener("resize", fit);
