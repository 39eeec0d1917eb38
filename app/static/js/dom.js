// The few things every module needs: finding elements, speaking to a screen reader, preferences.
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export function say(text) {
  const region = one("#say");
  region.textContent = "";
  // A region that receives the same text twice stays silent, so it is emptied for one frame.
  requestAnimationFrame(() => { region.textContent = text; });
}

// The one policy by which text becomes a page: scripts in it never run, it is only taken apart.
const policy = globalThis.trustedTypes?.createPolicy("desk", { createHTML: (text) => text });

export async function pageOf(answer) {
  const text = await answer.text();
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
}

const KEY = "desk-preferences";

export function preferences() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "{}");
  } catch {
    return {};
  }
}

export function prefer(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...changes }));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
