// Selecting words in the galley offers a new claim; its place is counted in code points of the text.
import { all, one } from "./dom.js";

const galley = one(".galley[data-claim-new]");
const picker = one("#picker");
const points = (text) => [...text].length;

function texts(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => node.parentElement.closest(".tie")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

// The place of a boundary of the selection, counted from the start of the whole text.
function place(node, offset) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!block) return null;
  let at = Number(block.dataset.start);
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  for (const text of texts(block)) {
    if (!range.intersectsNode(text)) break;
    if (text === node) return at + points(text.data.slice(0, offset));
    const whole = document.createRange();
    whole.selectNodeContents(text);
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) break;
    at += points(text.data);
  }
  return at;
}

export function selectedIn(root) {
  const chosen = getSelection();
  if (chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const start = place(range.startContainer, range.startOffset);
  const stop = place(range.endContainer, range.endOffset);
  return start !== null && stop !== null && start < stop ? { start, stop, range } : null;
}

function offer() {
  const found = selectedIn(galley);
  picker.hidden = !found;
  const link = one("a", picker);
  const plain = one("[data-claim-link]");
  const address = galley.dataset.claimNew;
  link.href = plain.href = found ? `${address}?start=${found.start}&stop=${found.stop}` : address;
  if (!found) return;
  const comment = one("[data-comment]", picker);
  if (comment) {
    const quote = encodeURIComponent(getSelection().toString().slice(0, 500));
    comment.href = comment.href.replace(/[^/?#]*([?#].*)?$/, `${one("#card").dataset.id}?quote=${quote}#discussion`);
  }
  const { bottom, left } = found.range.getBoundingClientRect();
  picker.style.setProperty("top", `${bottom + scrollY + 6}px`);
  picker.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - picker.offsetWidth - 16)) + scrollX}px`);
}

if (galley && picker) {
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 120);
  });
}

// The key goes from one number that nothing accounts for to the next.
const jump = one("[data-next-number]");
let at = -1;
jump?.addEventListener("click", (event) => {
  const numbers = all(".galley .mention.open");
  if (!numbers.length) return;
  event.preventDefault();
  at = (at + 1) % numbers.length;
  numbers[at].tabIndex = -1;
  numbers[at].focus({ preventScroll: true });
  numbers[at].scrollIntoView({ block: "center" });
});
