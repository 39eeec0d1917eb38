// Lists: j and k move through the links of a table marked `data-rows`; Enter opens as always. Rows
// with boxes are chosen with Space; what is chosen stands in the address, so that it survives
// paging, ordering, an error and the way back.
import { all, one } from "./dom.js";
import { meant, off } from "./keymap.js";

const rows = all("[data-rows] tbody tr").filter((row) => row.querySelector("a[href]"));
const form = one("[data-choose]");
const boxes = form ? all("tbody [name=claims]", form) : [];

const here = () => rows.indexOf(document.activeElement.closest("tr"));

function move(step) {
  const next = rows[Math.max(0, Math.min(rows.length - 1, here() + step))];
  next.querySelector("a[href]").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

if (rows.length) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    if (off() || document.querySelector("dialog[open]")) return;
    const step = { j: 1, k: -1 }[meant(event.key)];
    const box = event.key === " " && event.target.matches("a") && rows[here()]?.querySelector("[name=claims]");
    if (step) move(step);
    else if (box) box.click();
    else return;
    event.preventDefault();
  });
}

function chosen() {
  return all("[name=claims]", form).filter((box) => box.type === "hidden" || box.checked);
}

function keep() {
  const words = chosen().map((box) => box.value);
  const whole = one("[data-choose-all]", form);
  const count = one("[data-chosen]", form);
  count.textContent = count.textContent.replace(/\d+/, words.length);
  whole.checked = boxes.every((box) => box.checked);
  whole.indeterminate = !whole.checked && boxes.some((box) => box.checked);
  const carry = (href) => {
    const address = new URL(href, location);
    if (words.length) address.searchParams.set("chosen", words.join("~"));
    else address.searchParams.delete("chosen");
    return address;
  };
  for (const link of all("main a[href*='/queue?']")) link.href = carry(link.href);
  history.replaceState(history.state, "", carry(location.href));
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) {
      for (const box of boxes) box.checked = event.target.checked;
    }
    keep();
  });
  // A key that acts on what is chosen means the row it is pressed in, where nothing is.
  form.addEventListener("submit", () => {
    if (!chosen().length) rows[here()]?.querySelector("[name=claims]")?.click();
  });
  keep();
}
