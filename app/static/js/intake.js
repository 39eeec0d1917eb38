// A file's size is said as soon as it is chosen, and one that is too large is not sent at all.
// Taking an article in: a file dropped anywhere on the form is chosen.
import { all, one } from "./dom.js";

const MEGA = 1_000_000;
const MOST = 20;
const form = one("[data-intake]");

function choose(way) {
  const option = one(`[name=way][value=${way}]`, form);
  if (option && !option.checked) option.click();
}

const placeOf = (input) => one("[data-chosen]", input.parentNode);

function describe(input) {
  const place = placeOf(input);
  if (!place) return;
  const file = input.files[0];
  const most = Number(input.dataset.most) || MOST;
  const over = Boolean(file) && file.size > most * MEGA;
  const said = over ? place.dataset.large : place.dataset.size;
  place.classList.toggle("over", over);
  place.textContent = file
    ? said.replace("{name}", () => file.name).replace("{size}", (file.size / MEGA).toFixed(2))
      .replace("{most}", most)
    : "";
}

document.addEventListener("change", ({ target }) => {
  if (target.type === "file") describe(target);
});
document.addEventListener("submit", (event) => {
  const over = all("[type=file]", event.target)
    .find((input) => placeOf(input)?.matches(".over") && input.checkVisibility());
  if (!over) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  over.focus();
}, true);

function holdsFile(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

// A browser that goes back may have kept the file.
all("[type=file]").forEach(describe);

if (form) {
  const input = one("[type=file]", form);
  one(".drop-here", form).hidden = false;
  input.addEventListener("change", () => {
    if (input.files.length) choose("file");
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      form.classList.add("dropping");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("dropping");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!holdsFile(event)) return;
    event.preventDefault();
    const files = new DataTransfer();
    files.items.add(event.dataTransfer.files[0]);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  // A fetch may take half a minute, and a second click would only begin another one.
  const buttons = all("[data-submit]", form);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
  });
  // Whoever comes back to the page finds it ready again.
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    for (const button of buttons) button.removeAttribute("aria-disabled");
  });
}
