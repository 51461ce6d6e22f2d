// The list of findings: looks through the files that the index says can hold what is asked for, one after
// the other, until there is enough to show. Nothing but files of this site is asked for.
"use strict";
(() => {
  const STEP = 100;
  const { places, rules, files } = window.NIANBAO_FINDINGS;
  const form = document.querySelector("form.filters");
  const said = form.dataset;
  const list = document.querySelector(".found-rows");
  const found = document.querySelector(".found");
  const more = document.querySelector("button.more");
  const title = said.language === "zh" ? 2 : 3;
  const label = (name, key) => [...form[name].options].find((option) => option.value === key)?.text || key;
  const scopes = Object.fromEntries(["agency", "own_level", "area"].map((key, at) => [key, said.scopes.split("|")[at]]));
  const loaded = new Map();
  let search = null;

  // ---- the files ----
  window.NIANBAO_FILE = (number, data) => loaded.get(number).done(data);

  function load(number) {
    if (!loaded.has(number)) {
      const entry = {};
      entry.promise = new Promise((resolve, reject) => {
        entry.done = resolve;
        const script = document.createElement("script");
        script.src = `../data/f/${String(number).padStart(5, "0")}.js`;
        script.onerror = () => reject(new Error(script.src));
        document.head.append(script);
      });
      loaded.set(number, entry);
    }
    return loaded.get(number).promise;
  }

  // ---- the filters ----
  function prefixOf(code) {
    if (code === "none" || !code) return code;
    return code.endsWith("0000") ? code.slice(0, 2) : code.endsWith("00") ? code.slice(0, 4) : code;
  }

  const lies = (place, prefix) => (prefix === "none" ? place === "" : place.startsWith(prefix));

  function fillRules() {
    const counts = new Map();
    for (const file of files) for (const [rule, n] of Object.entries(file.rules)) counts.set(+rule, (counts.get(+rule) || 0) + n);
    rules.forEach((rule, number) => {
      if (counts.has(number)) form.rule.add(new Option(`${rule[title]} (${counts.get(number).toLocaleString("en")})`, rule[0]));
    });
  }

  function fillParts() {
    const prefix = prefixOf(form.province.value);
    const codes = prefix && prefix !== "none" ? Object.keys(places).filter((code) => code.startsWith(prefix) && code !== form.province.value) : [];
    form.part.replaceChildren(new Option(said.any, ""), ...codes.map((code) => new Option(`${code.endsWith("00") ? "" : "　"}${places[code]}`, code)));
    form.part.disabled = codes.length === 0;
  }

  function wanted() {
    return {
      words: form.text.value.toLowerCase().split(/\s+/).filter(Boolean),
      prefix: prefixOf(form.part.value || form.province.value),
      rule: rules.findIndex((rule) => rule[0] === form.rule.value),
      severity: form.severity.value,
      year: +form.year.value,
      blame: form.blame.value,
      state: form.state.value,
    };
  }

  function mayHold(file, want) {
    return (!want.prefix || file.places.some((place) => lies(place, want.prefix)))
      && (want.rule < 0 || want.rule in file.rules)
      && (!want.severity || Object.keys(file.rules).some((rule) => rules[rule]?.[1] === want.severity))
      && (!want.year || (file.years[0] <= want.year && want.year <= file.years[1]));
  }

  function fits(data, row, want) {
    const report = data.reports[row[0]];
    const agency = data.agencies[report[0]];
    if (want.prefix && !lies(agency[2], want.prefix)) return false;
    if (want.rule >= 0 && row[1] !== want.rule) return false;
    if (want.severity && rules[row[1]]?.[1] !== want.severity) return false;
    if (want.year && report[1] !== want.year) return false;
    if (want.blame && row[4] !== want.blame) return false;
    if (want.state && row[5] !== want.state) return false;
    const text = `${agency[0]} ${row[title]}`.toLowerCase();
    return want.words.every((word) => text.includes(word));
  }

  // ---- the search ----
  async function start() {
    const want = wanted();
    const candidates = files.map((file, at) => [file, at + 1]).filter(([file]) => mayHold(file, want));
    search = { want, candidates, at: 0, hits: [], shown: 0, seen: 0, all: candidates.reduce((sum, [file]) => sum + file.n, 0) };
    list.replaceChildren();
    remember();
    await next(search);
  }

  async function next(mine) {
    mine.limit = mine.shown + STEP;
    try {
      while (mine.hits.length < mine.limit && mine.at < mine.candidates.length) {
        const [file, number] = mine.candidates[mine.at];
        mine.at += 1;
        const data = await load(number);
        if (mine !== search) return;
        for (const row of data.rows) if (fits(data, row, mine.want)) mine.hits.push([data, row]);
        mine.seen += file.n;
      }
    } catch {
      if (mine === search) found.textContent = said.broken;
      return;
    }
    if (mine === search) show(mine);
  }

  function show(mine) {
    for (const [data, row] of mine.hits.slice(mine.shown, mine.limit)) list.append(entry(data, row));
    mine.shown = Math.min(mine.limit, mine.hits.length);
    const whole = mine.at === mine.candidates.length;
    const number = (n) => n.toLocaleString("en");
    found.textContent = (whole ? said.found : said.some)
      .replace("{n}", number(mine.hits.length)).replace("{seen}", number(mine.seen)).replace("{left}", number(mine.all - mine.seen));
    more.hidden = whole && mine.shown === mine.hits.length;
  }

  function element(name, css, text) {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function link(href, text, css) {
    const made = element("a", css, text);
    made.href = href;
    made.rel = "noreferrer";
    return made;
  }

  function entry(data, row) {
    const [at, rule, , , blame, state, anchor] = row;
    const [agencyAt, year, scope, source, copy] = data.reports[at];
    const [name, file] = data.agencies[agencyAt];
    const [ruleId, severity] = rules[rule] || ["", "info"];
    const item = element("li", severity);
    const head = element("p");
    head.append(element("span", `mark ${severity}`, label("severity", severity)), " ");
    if (state) head.append(element("span", `state s-${state}`, label("state", state)), " ");
    head.append(element("b", "", name), ` ${year} · ${scopes[scope] || scope} `);
    const message = element("p");
    message.append(link(`agencies/${file.slice(-2)}/${file}.html#${anchor}`, row[title], "finding"));
    const detail = element("p", "detail");
    if (ruleId) detail.append(link(`rules/${ruleId}.html`, rules[rule][title], "rule"));
    if (blame) detail.append(` · ${label("blame", blame)}`);
    if (source) detail.append(" · ", link(source, said.source, "source"));
    if (copy) detail.append(" · ", link(`../${copy}`, said.copy, "copy"));
    item.append(head, message, detail);
    return item;
  }

  // ---- the address: filters travel in it ----
  function remember() {
    const kept = new URLSearchParams();
    for (const name of ["text", "severity", "rule", "year", "blame", "state"]) if (form[name].value) kept.set(name, form[name].value);
    const place = form.part.value || form.province.value;
    if (place) kept.set("place", place);
    const query = kept.toString();
    // Not every browser lets a page from a disk change its address.
    try { history.replaceState(null, "", query ? `?${query}` : location.pathname); } catch { /* it stays */ }
    for (const other of document.querySelectorAll(".language")) other.search = query;
  }

  function recall() {
    const kept = new URLSearchParams(location.search);
    for (const name of ["text", "severity", "rule", "year", "blame", "state"]) if (kept.get(name)) form[name].value = kept.get(name);
    const place = kept.get("place") || "";
    const tops = [...form.province.options].map((option) => option.value);
    form.province.value = tops.find((code) => code && (code === place || (code !== "none" && place.startsWith(prefixOf(code))))) || "";
    fillParts();
    if (place !== form.province.value) form.part.value = place;
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (event.target === form.province) fillParts();
    clearTimeout(waiting);
    waiting = setTimeout(start, event.target === form.text ? 200 : 0);
  });
  form.addEventListener("reset", () => setTimeout(() => { fillParts(); start(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => next(search));
  fillRules();
  recall();
  start();
})();
