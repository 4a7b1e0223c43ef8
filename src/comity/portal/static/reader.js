// j and k step through the findings of a document; a, x and e decide about the one at hand, where the reader may; ? shows the keys.
// Without this script the letters are links and the decisions buttons that Tab reaches.
"use strict";
(() => {
  const letters = [...document.querySelectorAll(".text .letter")];
  let current = -1;

  function mark(number) {
    for (const element of document.querySelectorAll(".now")) element.classList.remove("now");
    for (const piece of document.querySelectorAll("[data-notes]")) {
      if (piece.dataset.notes.split(" ").includes(number)) piece.classList.add("now");
    }
    document.getElementById(`n${number}`)?.classList.add("now");
  }

  function go(step) {
    if (!letters.length) return;
    current = Math.min(Math.max(current + step, 0), letters.length - 1);
    letters[current].focus({ preventScroll: true });
    letters[current].scrollIntoView({ block: "center" });
  }

  letters.forEach((letter, place) => {
    letter.addEventListener("focus", () => {
      current = place;
      mark(letter.id.slice(1));
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") go(1);
    if (event.key === "k") go(-1);
    if (event.key === "?") document.getElementById("keys")?.focus();
    if (event.repeat || current < 0 || !/^[axe]$/.test(event.key)) return;
    document.querySelector(`[data-acts="${letters[current].id.slice(1)}"] [data-act="${event.key}"]`)?.click();
  });
})();
