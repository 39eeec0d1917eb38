// Long texts survive a crash, a sign-out and a refused save: kept on this device until they are sent.
import { all, one } from "./dom.js";

const IDLE = 600;
const place = (field) => `desk-draft:${location.pathname}:${field.name}`;

function keep(field) {
  try {
    localStorage.setItem(place(field), field.value);
  } catch {
    // A full or forbidden storage only means that there is no draft.
  }
}

for (const field of all("textarea[data-draft]")) {
  let timer;
  try {
    const kept = localStorage.getItem(place(field));
    if (kept && !field.value) field.value = kept;
  } catch {
    // As above.
  }
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(field), IDLE);
  });
}

// A page with a flash and no error means that the form before it was taken in.
if (!one("[data-summary]") && one(".flash")) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("desk-draft:")) localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}
