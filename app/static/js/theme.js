// Light or dark: the system's choice until the person makes one.
import { all, prefer } from "./dom.js";

const root = document.documentElement;

function dark() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

for (const button of all("[data-theme-toggle]")) {
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    prefer({ theme: root.dataset.theme });
  });
}
