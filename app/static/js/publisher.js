// Whose an address is: the publisher's name, kind, nearness and language are proposed as soon as it
// is typed; what somebody filled in or chose stays as it is.
import { one, say } from "./dom.js";

const FIELDS = { publisher: "name", kind: "kind", tier: "tier", language: "language" };
const form = one("form[data-publishers]");
const url = form?.elements.url;
const own = new Set();
let proposed = {};

async function propose() {
  const answer = await fetch(`${form.dataset.publishers}?url=${encodeURIComponent(url.value)}`)
    .catch(() => null);
  const found = answer?.ok ? await answer.json() : {};
  if (!found.publisher) return;
  for (const [name, told] of Object.entries(FIELDS)) {
    const field = form.elements[name];
    const free = field && !own.has(name) && (field.tagName === "SELECT" || !field.value
      || field.value === proposed[name]);
    if (free) {
      field.value = found[told];
      proposed = { ...proposed, [name]: found[told] };
    }
  }
  say(`${form.dataset.proposed} ${found.name}`);
}

if (url) {
  url.addEventListener("change", propose);
  form.addEventListener("change", (event) => {
    if (event.isTrusted) own.add(event.target.name);
  });
}
