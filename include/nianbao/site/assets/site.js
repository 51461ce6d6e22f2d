// Draws each chart from the table below it, so that the two can't differ, and lets the reader choose
// among the groups of a figure, which are never added together.
"use strict";
(() => {
  const PAPER = 700;

  const probe = document.createElement("i");
  document.body.append(probe);
  const colour = (key) => {
    probe.className = `k-${key}`;
    return getComputedStyle(probe).getPropertyValue("--k").trim() || "#2f6f9f";
  };

  /** Returns the points of a chart: one per series and year, `v` null where the table has a dash. */
  function pointsOf(table, spec) {
    const heads = [...table.tHead.rows].pop().cells;
    const points = [];
    for (const row of table.tBodies[0].rows) {
      for (let place = 1; place < row.cells.length; place += 1) {
        const [x, key, label] = spec.across === "lines"
          ? [row.cells[0].dataset.k, heads[place].dataset.k, heads[place].textContent]
          : [heads[place].dataset.k, row.cells[0].dataset.k, row.cells[0].textContent];
        if (!spec.series.includes(key)) continue;
        const cell = row.cells[place];
        const small = cell.querySelector("small");
        const v = cell.dataset.v === undefined ? null : Number(cell.dataset.v);
        points.push({
          x: Number(x), key, label, v, said: cell.firstChild.textContent, small: small ? small.textContent : "",
          breaks: Boolean(cell.querySelector(".break")),
        });
      }
    }
    return points;
  }

  const said = (d) => `${d.x}  ${d.label}\n${d.said}${d.small ? `  (${d.small})` : ""}`;

  function frame(points, spec, width, more) {
    const years = [...new Set(points.map((d) => d.x))].sort((a, b) => a - b);
    const room = width / years.length;
    const short = room < 46;
    const every = Math.max(1, Math.ceil(26 / room));
    return Plot.plot({
      width,
      height: more.height || Math.max(200, Math.min(320, width * 0.42)),
      marginLeft: spec.share ? 46 : 54,
      marginRight: 12,
      marginBottom: 26,
      style: { fontSize: "13px", fontFamily: "inherit", background: "none" },
      ariaLabel: more.label || spec.label,
      x: {
        domain: [years[0] - 0.55, years[years.length - 1] + 0.55],
        ticks: years.filter((_, place) => (years.length - 1 - place) % every === 0),
        tickFormat: (year) => (short ? `'${String(year).slice(2)}` : String(year)),
        tickSize: 0,
        label: null,
      },
      y: { grid: true, label: null, ticks: 4, tickFormat: spec.share ? ".0%" : undefined, ...more.y },
      marks: [
        ...more.marks,
        ...(spec.breaks.length ? [Plot.ruleX(spec.breaks.filter((year) => year > years[0]), { x: (d) => d - 0.5, stroke: "#4b5a68", strokeDasharray: "3 3" })] : []),
      ],
    });
  }

  const bar = { x1: (d) => d.x - 0.36, x2: (d) => d.x + 0.36 };

  function stack(points, spec, width) {
    // Parts of a whole are shown where the whole is known, and not at all otherwise.
    const gaps = new Set(points.filter((d) => d.v === null).map((d) => d.x));
    const there = points.filter((d) => !gaps.has(d.x));
    const rank = new Map(spec.series.map((key, place) => [key, place]));
    const options = { ...bar, y: "v", fill: (d) => colour(d.key), z: "key", order: (d) => rank.get(d.key), title: said, tip: true };
    return frame(points, spec, width, {
      marks: [Plot.rectY(there, Plot.stackY({ offset: spec.share ? "normalize" : null, reverse: true }, options)), Plot.ruleY([0])],
    });
  }

  function bars(points, spec, width) {
    const there = points.filter((d) => d.v !== null);
    return frame(points, spec, width, {
      marks: [Plot.rectY(there, { ...bar, y: "v", fill: (d) => colour(d.key), title: said, tip: true }), Plot.ruleY([0])],
    });
  }

  // A line ends where the next number does not compare with it.
  const part = (points, one) => points.filter((d) => d.key === one.key && d.breaks && d.x <= one.x).length;

  function lines(points, spec, width) {
    const y = (d) => (d.v === null ? NaN : d.v);
    return frame(points, spec, width, {
      y: { domain: [0, Math.max(0.02, ...points.map((d) => d.v || 0)) * 1.08] },
      marks: [
        Plot.ruleY([0]),
        Plot.line(points, { x: "x", y, z: (d) => `${d.key} ${part(points, d)}`, stroke: (d) => colour(d.key), strokeWidth: 2.2 }),
        Plot.dot(points.filter((d) => d.v !== null), { x: "x", y: "v", fill: (d) => colour(d.key), r: 3.6, title: said, tip: true }),
      ],
    });
  }

  function facets(points, spec, width) {
    const grid = document.createElement("div");
    const columns = Math.max(1, Math.min(4, Math.floor(width / 165)));
    grid.style.cssText = `display:grid;grid-template-columns:repeat(${columns},1fr);gap:.6rem 1rem`;
    const most = Math.max(1, ...points.map((d) => d.v || 0));
    for (const key of spec.series) {
      const own = points.filter((d) => d.key === key);
      if (!own.length) continue;
      const box = document.createElement("div");
      const name = document.createElement("div");
      name.textContent = own[0].label;
      name.style.cssText = "font-size:.85rem;font-weight:600;min-height:2.4em;display:flex;align-items:end";
      const there = own.filter((d) => d.v !== null);
      box.append(name, frame(own, spec, width / columns - 14, {
        height: 118, label: own[0].label, y: { domain: [0, most], ticks: Math.min(3, most) },
        marks: [Plot.rectY(there, { ...bar, y: "v", fill: "#b5482f", title: said, tip: true }), Plot.ruleY([0])],
      }));
      grid.append(box);
    }
    return grid;
  }

  function legend(points, spec) {
    const box = document.createElement("p");
    box.className = "legend";
    for (const key of spec.series) {
      const one = points.find((d) => d.key === key);
      if (!one) continue;
      const item = document.createElement("span");
      item.className = `key k-${key}`;
      item.style.setProperty("--k", colour(key));
      item.textContent = one.label;
      box.append(item);
    }
    return box;
  }

  const KINDS = { stack, bars, lines, facets };

  function draw(paper) {
    for (const place of document.querySelectorAll(".chart")) {
      const spec = JSON.parse(place.dataset.chart);
      const points = pointsOf(place.parentElement.querySelector("table"), spec);
      place.replaceChildren();
      if (!points.some((d) => d.v !== null)) continue;
      const width = paper || Math.max(280, place.closest("section").clientWidth);
      if (spec.kind !== "facets") place.append(legend(points, spec));
      const made = KINDS[spec.kind](points, spec, width);
      place.append(made);
      for (const svg of place.querySelectorAll("svg")) {
        svg.setAttribute("role", "img");
        const told = document.createElementNS("http://www.w3.org/2000/svg", "desc");
        told.textContent = spec.label;
        svg.prepend(told);
      }
    }
  }

  function choose(label) {
    for (const section of document.querySelectorAll(".grouped")) {
      const panels = [...section.querySelectorAll(".panel")];
      if (!panels.some((panel) => panel.dataset.label === label)) continue;
      for (const panel of panels) panel.hidden = panel.dataset.label !== label;
      section.querySelector(".groups select").value = label;
    }
  }

  function group() {
    for (const section of document.querySelectorAll(".figure")) {
      const panels = [...section.querySelectorAll(".panel")];
      if (panels.length < 2) continue;
      section.classList.add("grouped");
      const box = document.createElement("p");
      const label = document.createElement("label");
      const select = document.createElement("select");
      box.className = "groups";
      for (const panel of panels) select.add(new Option(panel.dataset.label));
      select.addEventListener("change", () => choose(select.value));
      label.append(`${document.body.dataset.group} `, select);
      box.append(label);
      panels[0].before(box);
      for (const panel of panels) panel.hidden = panel !== panels[0];
    }
  }

  group();
  draw();
  let width = document.body.clientWidth;
  addEventListener("resize", () => {
    if (document.body.clientWidth === width) return;
    width = document.body.clientWidth;
    draw();
  });
  addEventListener("beforeprint", () => draw(PAPER));
  addEventListener("afterprint", () => draw());
})();
