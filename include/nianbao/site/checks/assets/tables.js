// Tables that are filtered in the page: by words, severity, theme, and whether anything fails.
"use strict";
(() => {
  const form = document.querySelector("form[data-filters]");
  if (!form) return;
  const rows = [...document.querySelectorAll(`#${form.dataset.filters} tbody tr`)];
  const texts = rows.map((row) => row.textContent.toLowerCase());

  function filter() {
    const words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const classes = [form.severity.value, form.theme.value].filter(Boolean);
    rows.forEach((row, place) => {
      row.hidden = !(words.every((word) => texts[place].includes(word))
        && classes.every((name) => row.classList.contains(name))
        && !(form.failing.checked && row.classList.contains("none-fails")));
    });
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
// Long tables: searched, sorted by their headings, and fifty rows at a time.
(() => {
  const STEP = 50;
  const number = (text) => (/^-?[\d,.]+$/.test(text) ? +text.replaceAll(",", "") : NaN);

  function compare(one, other) {
    const [a, b] = [number(one), number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other, "zh") : a - b;
  }

  for (const table of document.querySelectorAll("table.paged")) {
    const said = table.dataset;
    const body = table.tBodies[0];
    let rows = [...body.rows];
    let from = 0;
    const bar = document.createElement("div");
    bar.className = "pager";
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = said.search;
    search.setAttribute("aria-label", said.search);
    const shown = document.createElement("span");
    const [back, next] = [said.back, said.next].map((text) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      return button;
    });
    bar.append(search, shown, back, next);
    table.parentElement.before(bar);

    function draw() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const hits = rows.filter((row) => words.every((word) => row.textContent.toLowerCase().includes(word)));
      body.replaceChildren(...hits.slice(from, from + STEP));
      shown.textContent = hits.length === 0 ? said.none : said.shown
        .replace("{from}", from + 1).replace("{to}", Math.min(from + STEP, hits.length)).replace("{all}", hits.length);
      back.hidden = from === 0;
      next.hidden = from + STEP >= hits.length;
    }

    search.addEventListener("input", () => { from = 0; draw(); });
    back.addEventListener("click", () => { from -= STEP; draw(); });
    next.addEventListener("click", () => { from += STEP; draw(); });
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      let way = -1;
      head.tabIndex = 0;
      head.classList.add("sortable");
      const sort = () => {
        way = -way;
        rows = [...rows].sort((one, other) => way * compare(one.cells[column].innerText, other.cells[column].innerText));
        from = 0;
        draw();
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(); });
    });
    // A reader on paper wants all of it.
    addEventListener("beforeprint", () => body.replaceChildren(...rows));
    addEventListener("afterprint", draw);
    draw();
  }
})();
