// An opened menu comes into view; menus close on Escape and on a click elsewhere; an error summary takes the focus on arrival.
import { all, one } from "./dom.js";

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && one("details.menu[open]");
  if (menu) {
    menu.open = false;
    one("summary", menu).focus();
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.menu[open]")) {
    one(":scope > div", event.target)?.scrollIntoView({ block: "nearest" });
  }
}, true);

document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

one("[data-summary]")?.focus();

for (const button of all("[data-print]")) {
  button.addEventListener("click", () => print());
}
