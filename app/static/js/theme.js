// Light or dark: the system's choice until the person makes one; the server reads the cookie.
import { all } from "./dom.js";

const root = document.documentElement;

function dark() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

for (const button of all("[data-theme-toggle]")) {
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    const [host, guarded] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
    document.cookie = `${host}desk_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax${guarded}`;
  });
}
