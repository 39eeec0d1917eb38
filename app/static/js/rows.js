// Lists: j and k move through the links of a table marked `data-rows`; Enter opens as always.
import { all } from "./dom.js";
import { meant, off } from "./keymap.js";

const links = all("[data-rows] tbody tr").map((row) => row.querySelector("a[href]")).filter(Boolean);

function move(step) {
  const at = links.indexOf(document.activeElement);
  const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
  next.focus({ preventScroll: true });
  next.closest("tr").scrollIntoView({ block: "nearest" });
}

if (links.length) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    if (off() || document.querySelector("dialog[open]")) return;
    const step = { j: 1, k: -1 }[meant(event.key)];
    if (step) {
      event.preventDefault();
      move(step);
    }
  });
}
