// The index of agencies: filters tens of thousands of them in the page, without asking for anything.
"use strict";
(() => {
  const STEP = 100;
  const { places, rows } = window.NIANBAO_AGENCIES;
  const form = document.querySelector("form.search");
  const body = document.querySelector("table.agencies tbody");
  const found = document.querySelector(".found");
  const more = document.querySelector("button.more");
  const kinds = new Map([...form.kind.options].map((option) => [option.value, option.text]));
  // Name, file, place, kind, theme, years, last year, errors, warnings, other names and credit code.
  const agencies = rows.map(([name, file, place, kind, theme, years, last, errors, warnings, also]) => ({
    name, file, place, kind, theme, years, last, errors, warnings,
    where: whereOf(place),
    text: `${name} ${whereOf(place)} ${also}`.toLowerCase(),
  }));
  let hits = [];
  let shown = 0;

  function whereOf(code) {
    if (!code) return "—";
    const path = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
    return [...new Set(path)].map((one) => places[one]).filter(Boolean).join(" ");
  }

  const STATES = {
    "": () => true,
    has_errors: (one) => one.errors > 0,
    has_warnings: (one) => one.warnings > 0,
    has_report: (one) => one.years > 0,
    no_report: (one) => one.years === 0,
  };

  function filter() {
    const words = form.name.value.toLowerCase().split(/\s+/).filter(Boolean);
    const province = form.province.value.slice(0, 2);
    const kind = form.kind.value;
    const theme = form.theme.value;
    const fits = STATES[form.state.value];
    hits = agencies.filter((one) =>
      words.every((word) => one.text.includes(word))
      && (!province || one.place.startsWith(province))
      && (!kind || one.kind === kind)
      && (!theme || one.theme === theme)
      && fits(one));
    found.textContent = form.dataset.found.replace("{n}", hits.length.toLocaleString("en"));
    body.replaceChildren();
    shown = 0;
    show();
  }

  function show() {
    for (const one of hits.slice(shown, shown + STEP)) {
      const row = body.insertRow();
      const head = document.createElement("th");
      const link = document.createElement("a");
      head.scope = "row";
      link.href = `agencies/${one.file.slice(-2)}/${one.file}.html`;
      link.textContent = one.name;
      head.append(link);
      row.append(head);
      for (const value of [one.where, kinds.get(one.kind) || "—", one.years, one.last || "—", one.errors]) {
        row.insertCell().textContent = value;
      }
      if (one.errors) row.lastChild.className = "error-count";
    }
    shown = Math.min(shown + STEP, hits.length);
    more.hidden = shown === hits.length;
    more.textContent = form.dataset.more.replace("{n}", Math.min(STEP, hits.length - shown));
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", show);
  filter();
})();
