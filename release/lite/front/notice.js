// The message about the student's work. It uses only old JavaScript, so that it can tell people with an old
// browser what is missing.
(function () {
  "use strict";
  var HIDDEN = "soft-assignments:notice-hidden";
  var MB = 1024 * 1024;
  var WORDS = {
    lost:
      "Warning: this window does not keep your work. It may be a private window. Open this page in an " +
      "ordinary window, or download your notebook before you close this window.",
    full:
      "Warning: this browser has almost no space left for your work. Download your notebook now, then " +
      "free some disk space.",
    atRisk:
      "This browser may delete your work when the disk is full, or when you close a private window. " +
      "Download your notebook at the end of each day.",
    kept: "This browser keeps your work until you delete it.",
  };

  function missing() {
    if (!window.WebAssembly || !WebAssembly.instantiateStreaming || !WebAssembly.Exception) return "WebAssembly";
    if (!window.indexedDB) return "storage for pages (IndexedDB)";
    if (!window.DecompressionStream || !window.BroadcastChannel) return "two features that current web pages use (DecompressionStream, BroadcastChannel)";
    if (!hasModuleWorkers()) return "module workers";
    if (!navigator.serviceWorker) return "service workers";
    return "";
  }

  function hasModuleWorkers() {
    var asked = false;
    var options = { get type() { asked = true; return "module"; } };
    try {
      new Worker("data:text/javascript,", options).terminate();
    } catch (error) {
      return asked;
    }
    return asked;
  }

  function sayWhatIsMissing(name) {
    var sorry = document.createElement("main");
    sorry.id = "course-sorry";
    sorry.innerHTML =
      "<h1>This browser cannot run the notebooks</h1><p>It does not have <b></b>. Use a new version of Firefox, " +
      "Chrome, Edge or Safari on a computer, in an ordinary window. If this page's address begins with " +
      "http:, try https: instead.</p>";
    sorry.querySelector("b").textContent = name;
    document.body.classList.add("course-stopped"); // so that JupyterLab, which may still draw, is not shown
    document.body.appendChild(sorry);
    document.title = "This browser cannot run the notebooks";
  }

  function remember(hidden) {
    try {
      localStorage.setItem(HIDDEN, hidden ? "yes" : "no");
    } catch (error) {
      // without storage, the message is shown again at the next visit
    }
  }

  function wasHidden() {
    try {
      return localStorage.getItem(HIDDEN) === "yes";
    } catch (error) {
      return false;
    }
  }

  function show(open) {
    var notice = document.getElementById("course-notice");
    notice.hidden = !open;
    document.body.classList.toggle("course-open", open);
    document.getElementById("course-show").setAttribute("aria-expanded", String(open));
    fit();
  }

  function fit() {
    var height = document.getElementById("course-notice").offsetHeight;
    document.body.style.setProperty("--course-height", height + "px");
    window.dispatchEvent(new Event("resize")); // so that JupyterLab measures its space again
  }

  async function storage() {
    var store = navigator.storage;
    if (!store || !store.estimate || (await isPrivate(store))) return "lost";
    var room = await store.estimate();
    if (room.quota - room.usage < 50 * MB) return "full";
    var kept = (await store.persisted()) || (await store.persist());
    return kept ? "kept" : "atRisk";
  }

  // In private windows, Firefox and Safari refuse files. Chromium keeps them in memory, with little space.
  async function isPrivate(store) {
    try {
      if (store.getDirectory) await store.getDirectory();
    } catch (error) {
      return true;
    }
    var memory = performance.memory && performance.memory.jsHeapSizeLimit;
    return Boolean(memory) && (await store.estimate()).quota < 2 * memory;
  }

  async function sayWhatIsKept() {
    var state = await storage().catch(function () { return "lost"; });
    var place = document.getElementById("course-storage");
    var warns = state === "lost" || state === "full";
    place.textContent = WORDS[state];
    place.classList.toggle("course-warning", warns);
    if (warns) show(true);
    else if (!document.getElementById("course-notice").hidden) fit();
  }

  // On a phone, the list of files is closed at first, because it would leave only a strip for the notebook.
  function closeFiles() {
    var app = window.jupyterapp;
    if (!app || !document.querySelector(".jp-Notebook-cell")) return void setTimeout(closeFiles, 200);
    setTimeout(function () { app.shell.collapseLeft(); }, 1500); // JupyterLab opens it after the notebook
  }

  function begin() {
    var lacks = missing();
    if (lacks) return sayWhatIsMissing(lacks);
    var notice = document.getElementById("course-notice");
    var shows = document.getElementById("course-show");
    document.getElementById("course-hide").addEventListener("click", function () {
      remember(true);
      show(false);
      shows.focus();
    });
    shows.addEventListener("click", function () {
      remember(false);
      show(true);
      notice.querySelector("summary").focus();
    });
    if (window.ResizeObserver) new ResizeObserver(fit).observe(notice);
    if (window.innerWidth < 700) closeFiles();
    show(!wasHidden());
    sayWhatIsKept();
    setInterval(sayWhatIsKept, 5 * 60 * 1000);
  }

  begin();
})();
