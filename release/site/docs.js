// What the theme leaves out: names for its two sidebars, and tables that scroll sideways by keys.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
  document.querySelectorAll(".table-wrapper").forEach((table) => (table.tabIndex = 0));
});
