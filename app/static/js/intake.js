// Taking an article in: a file dropped anywhere on the form is chosen, and its size is said at once.
import { all, one } from "./dom.js";

const LARGEST = 20_000_000;
const form = one("[data-intake]");

function choose(way) {
  const option = one(`[name=way][value=${way}]`, form);
  if (option && !option.checked) option.click();
}

function describe(input, place) {
  const file = input.files[0];
  const over = Boolean(file) && file.size > LARGEST;
  const said = over ? place.dataset.large : place.dataset.size;
  place.classList.toggle("over", over);
  place.textContent = file
    ? said.replace("{name}", file.name).replace("{size}", (file.size / 1_000_000).toFixed(2))
    : "";
}

function holdsFile(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

if (form) {
  const input = one("[type=file]", form);
  const place = one("[data-chosen]", form);
  one(".drop-here", form).hidden = false;
  input.addEventListener("change", () => {
    describe(input, place);
    if (input.files.length) choose("file");
  });
  // A browser that goes back may have kept the file.
  describe(input, place);
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
