// The slider of the audit timeline: it writes a moment into the field, and lets go of it there.
import { all, one } from "./dom.js";

const form = one("[data-asof]");
const slider = form && one("[data-slider]", form);

if (slider) {
  const bars = all(".b", form);
  const field = one("[name=at]", form);
  const show = () => {
    const chosen = Number(slider.value);
    bars.forEach((bar, at) => bar.classList.toggle("past", at < chosen));
    const last = chosen >= bars.length;
    field.value = last ? "" : (bars[chosen - 1] || bars[0]).dataset.at;
    slider.setAttribute("aria-valuetext", field.value || field.placeholder);
  };
  slider.addEventListener("input", show);
  slider.addEventListener("change", () => form.requestSubmit());
}
