// How a job goes that a page waits for: asked while it is unfinished, and its end said politely. The
// page itself stays as it is; a link shows the result.
import { all, one, say } from "./dom.js";

const FIRST = 1000;
const SLOWEST = 8000;

function show(element, { told, reason, done, total, state }) {
  one("[data-told]", element).textContent = told;
  const why = one("[data-reason]", element);
  why.textContent = reason;
  why.hidden = !reason;
  const bar = one("progress", element);
  if (total) Object.assign(bar, { max: total, value: done });
  else if (state === "running") bar.removeAttribute("value");
}

function end(element, { told, reason }) {
  one("progress", element).remove();
  for (const form of all("[data-unfinished]", element)) form.remove();
  const again = one("[data-again]", element);
  again.textContent = again.dataset.ended;
  say([told, reason].filter(Boolean).join(" "));
}

async function follow(element, pause) {
  let job;
  try {
    if (!document.hidden) {
      const answer = await fetch(element.dataset.job, { redirect: "manual" });
      if (answer.status === 403 || answer.status === 404) return;
      if (answer.ok) ({ job } = await answer.json());
    }
  } catch {
    // Whoever is away hears of it when they are back.
  }
  if (job) {
    show(element, job);
    if (!job.unfinished) return end(element, job);
  }
  if (element.isConnected) setTimeout(follow, pause, element, Math.min(pause * 1.2, SLOWEST));
}

for (const element of all("[data-job]")) setTimeout(follow, FIRST, element, FIRST);
