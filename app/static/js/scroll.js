// A region that scrolls can be reached and scrolled by keyboard, and only while it scrolls.
import { all } from "./dom.js";

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, [tabindex]";

function fit() {
  for (const region of all(".scroll")) {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = region;
    const scrolls = (scrollWidth > clientWidth || scrollHeight > clientHeight)
      && !region.querySelector(FOCUSABLE);
    region.toggleAttribute("tabindex", false);
    if (scrolls) region.tabIndex = 0;
  }
}

fit();
addEventListener("resize", fit);
