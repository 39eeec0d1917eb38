// A password shown while somebody types it, and hidden again before it is sent.
import { all, one } from "./dom.js";

for (const button of all("[data-reveal]")) {
  const field = one(`#${button.dataset.reveal}`);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
}
