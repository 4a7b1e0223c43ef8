// Review by keyboard: a key presses the button or follows the link that carries it. Without this script Tab and Enter do the same.
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
})();

// Files dropped on the field are chosen in it.
(() => {
  for (const place of document.querySelectorAll("[data-drop]")) {
    const field = document.getElementById(place.dataset.drop);
    for (const name of ["dragenter", "dragover"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }
})();

// A list that is not done yet is asked for again; without this script its link does the same.
(() => {
  async function again() {
    const shown = document.querySelector("[data-again]");
    if (!shown) return;
    try {
      const answer = await fetch(location.href);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        shown.replaceWith(page.getElementById(shown.id));
      }
    } finally {
      setTimeout(again, 1200);
    }
  }
  if (document.querySelector("[data-again]")) setTimeout(again, 800);
})();
