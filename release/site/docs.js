// The theme does not do this: it gives names to the two sidebars, and lets keys scroll wide tables.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
  document.querySelectorAll(".table-wrapper").forEach((table) => (table.tabIndex = 0));
});
