// Nothing typed is lost: kept on this device when the hands rest, on the server a moment later, and
// there before its form is sent. What the server has, the device forgets.
import { all, one } from "./dom.js";

const IDLE = 600;
const QUIET = 2000;
const OWN = ["csrf_token", "receipt", "draft", "typist", "source_words", "source_words_before"];
const NEVER = ["file", "password", "submit", "button"];
const home = one("#discard-draft");
const lost = one("[data-lost]");
const states = new WeakMap();
let flying;
let again;

const of = (form) => states.get(form) || states.set(form, {}).get(form);
const place = (key) => `desk-draft:${home.dataset.account}:${key}`;
const clock = (at) => new Date(at).toTimeString().slice(0, 5);

// While two people's work is being merged, the draft stays as it was before.
function keyOf(form) {
  if (!form || one("[name='merge.onto']", form)) return "";
  return form.dataset.draft || one("input[name=draft]", form)?.value || "";
}

function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string"
    && form.elements[name]?.type !== "password");
}

function keep(form) {
  const kept = typed(form).filter(([name]) => !OWN.includes(name));
  try {
    localStorage.setItem(place(keyOf(form)), JSON.stringify({ at: Date.now(), kept }));
  } catch {
    // Where storage is full or forbidden, there is still the server.
  }
}

function drop(key) {
  try {
    localStorage.removeItem(place(key));
  } catch {
    // As above.
  }
}

function found(key) {
  try {
    return JSON.parse(localStorage.getItem(place(key)));
  } catch {
    return null;
  }
}

// What became of it: nothing to say, or why it is only here.
async function put(form, keepalive = false) {
  const state = of(form);
  if (!state.dirty) return "";
  clearTimeout(state.keeper);
  state.dirty = false;
  const key = keyOf(form);
  keep(form);
  let answer;
  try {
    const body = new URLSearchParams(typed(form));
    const address = home.action.replace("discard", key);
    answer = await fetch(address, { method: "PUT", body, keepalive, redirect: "manual" });
  } catch {
    state.dirty = true;
    return "offline";
  }
  if (answer.ok) {
    if (!state.dirty) drop(key);
    // The answer is read in any case: one that is not keeps its connection.
    const { said } = await answer.json();
    const line = one("[data-kept]", form);
    if (line) line.textContent = said;
    return "";
  }
  if (answer.status === 413) return "";
  state.dirty = true;
  return answer.status < 500 ? "session" : "offline";
}

// One request at a time, in the order of the typing.
function send(form) {
  clearTimeout(of(form).sender);
  flying = Promise.resolve(flying).then(() => put(form));
  return flying;
}

function complain(why, retry) {
  again = retry;
  lost.hidden = !why;
  one("a", lost).hidden = why !== "session";
}

async function autosave(form) {
  complain(await send(form), () => autosave(form));
}

function touched({ target }) {
  const { form } = target;
  // What a swap takes away is blurred by the browser, and is being sent already.
  if (NEVER.includes(target.type) || OWN.includes(target.name)) return;
  if (!keyOf(form) || form.dataset.sending) return;
  const state = of(form);
  state.dirty = state.touched = true;
  clearTimeout(state.keeper);
  clearTimeout(state.sender);
  state.keeper = setTimeout(keep, IDLE, form);
  state.sender = setTimeout(autosave, QUIET, form);
}

const unsaved = () => all("form").filter((form) => states.get(form)?.dirty);

// A form leaves when everything typed on the page has arrived: then nothing can be lost on the way.
async function hold(form, submitter) {
  const state = of(form);
  state.held = true;
  let why = "";
  for (const waiting of unsaved()) why ||= await send(waiting);
  state.held = false;
  complain(why, () => hold(form, submitter));
  if (why) return;
  state.ready = true;
  form.requestSubmit(submitter);
}

function leaving(event) {
  const form = event.target;
  const state = of(form);
  if (state.ready || form.method === "dialog" || !(state.held || unsaved().length)) {
    state.ready = false;
    if (keyOf(form)) drop(keyOf(form));
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!state.held) hold(form, event.submitter);
}

// Of a list that words fill, what was chosen may not be there: it is put into it again.
function putBack(field, value) {
  const sought = field.matches("select") && one(`[data-seeks][aria-controls="${field.id}"]`);
  if (sought && ![...field.options].some((option) => option.value === value)) {
    field.add(new Option(value, value));
  }
  field.value = value;
}

function fill(form, kept, shown) {
  for (const field of form.elements) {
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!field.name || NEVER.includes(field.type) || [...OWN, ...shown].includes(field.name)) continue;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
    else if (values.length) putBack(field, values[0]);
  }
}

// What this device still has is newer than what the server has, or it would not be here.
function restore(form) {
  if (states.has(form) || !keyOf(form)) return;
  const state = of(form);
  const line = one("[data-restored]", form);
  const local = found(keyOf(form));
  if (!local || !line) return;
  if (local.at <= Number(line.dataset.at)) {
    drop(keyOf(form));
    return;
  }
  fill(form, local.kept, line.dataset.shown.split(" "));
  one("span", line).textContent = line.dataset.restored.replace("{time}", clock(local.at));
  line.hidden = false;
  state.dirty = true;
  state.sender = setTimeout(autosave, QUIET, form);
}

function changed(records) {
  const gone = records.flatMap(({ removedNodes }) => [...removedNodes])
    .filter((node) => node.nodeType === Node.ELEMENT_NODE)
    .flatMap((node) => (node.matches("form") ? [node] : all("form", node)));
  for (const form of gone) if (states.get(form)?.dirty && !form.isConnected) send(form);
  all("form").forEach(restore);
}

// The claim whose form somebody has begun to fill in here, as the address of its watch has it.
export function editing() {
  const form = all("form").find((one_) => states.get(one_)?.touched);
  return form?.action.match(/\/claims\/[0-9a-f-]{36}/)?.[0];
}

export const saving = () => unsaved().length > 0;

if (home) {
  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("submit", leaving, true);
  document.addEventListener("click", ({ target }) => {
    const discard = target.closest?.("button[form=discard-draft]");
    if (!discard) return;
    drop(discard.value);
    const form = discard.closest("form");
    clearTimeout(of(form).keeper);
    of(form).dirty = false;
  });
  one("button", lost).addEventListener("click", () => again?.());
  addEventListener("online", () => again?.());
  addEventListener("pagehide", () => unsaved().forEach((form) => put(form, true)));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) unsaved().forEach(send);
  });
  all("form").forEach(restore);
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
}
