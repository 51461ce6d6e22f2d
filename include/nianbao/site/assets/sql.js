// Puts the place or agency that the reader came from into the queries, and copies a query.
"use strict";
(() => {
  for (const [name, value] of new URLSearchParams(location.search)) {
    for (const set of document.querySelectorAll(".set")) {
      if (set.dataset.name === name) set.textContent = `SET VARIABLE ${name} = ['${value.replaceAll("'", "''")}'];\n`;
    }
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.addEventListener("click", async () => {
      const text = button.closest(".query").querySelector("pre");
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        getSelection().selectAllChildren(text);
        document.execCommand("copy");
      }
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 1500);
    });
  }
})();
