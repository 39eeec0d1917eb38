// Runs before the first paint: theme and density, so that nothing flashes or shifts.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const kept = JSON.parse(localStorage.getItem("desk-preferences") || "{}");
    if (kept.theme) root.dataset.theme = kept.theme;
    if (kept.drawer) root.dataset.drawer = kept.drawer;
    if (kept.density) root.dataset.density = kept.density;
  } catch {
    // A browser that refuses storage shows the page with its own preferences.
  }
})();
