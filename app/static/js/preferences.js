// Runs before the first paint: density, so that nothing shifts; the server knows the theme.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const kept = JSON.parse(localStorage.getItem("desk-preferences") || "{}");
    if (kept.drawer) root.dataset.drawer = kept.drawer;
    if (kept.density) root.dataset.density = kept.density;
  } catch {
    // A browser that refuses storage shows the page with its own preferences.
  }
})();
