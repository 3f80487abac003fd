"use strict";
(() => {
  const byId = (name) => document.getElementById(name);
  const data = JSON.parse(byId("data").textContent);
  const cards = [...document.querySelectorAll("details.card")];
  const controls = ["search", "outcome", "severity", "environment", "layer"].map(byId);
  const NAMES = ["outcome", "environment", "layer", "scenario", "step", "subject", "expected", "actual", "where", "evidence"];
  const PAGE = 200;

  const rowsOf = (id) => (data.rows[id] || []).map((cells) =>
    Object.fromEntries(cells.map((number, index) => [NAMES[index], data.strings[number]])));

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const cell = (main, code, note) => {
    const made = element("td");
    if (main) made.append(code ? element("code", main) : main);
    if (note) made.append(element("small", note));
    return made;
  };

  const line = (row) => {
    const made = element("tr");
    Object.assign(made.dataset, { environment: row.environment, layer: row.layer, outcome: row.outcome });
    const badge = element("td");
    badge.append(element("span", row.outcome, `badge o-${row.outcome}`));
    made.append(badge, cell(row.subject, true, row.step || row.scenario), cell(row.expected), cell(row.actual),
      cell(row.where, true, `${row.environment}, ${row.layer}`));
    return made;
  };

  const table = () => {
    const made = element("table", "", "rows");
    const head = element("tr");
    for (const name of ["Outcome", "Subject", "Expected", "Actual", "Where"]) {
      const title = element("th", name);
      title.scope = "col";
      head.append(title);
    }
    made.createTHead().append(head);
    made.append(element("tbody"));
    return made;
  };

  const matches = (row, wanted) =>
    ["outcome", "environment", "layer"].every((name) => !wanted[name] || row[name] === wanted[name]);

  const show = (more) => {
    const rows = rowsOf(more.dataset.requirement);
    const made = table();
    const button = element("button", "");
    button.type = "button";
    let done = 0;
    const next = () => {
      made.tBodies[0].append(...rows.slice(done, done + PAGE).map(line));
      done = Math.min(done + PAGE, rows.length);
      button.hidden = done === rows.length;
      button.textContent = `Show more (${rows.length - done} left)`;
      filterRows(more);
    };
    button.addEventListener("click", next);
    more.replaceChildren(made, button);
    next();
  };

  const wanted = () => Object.fromEntries(controls.map((control) => [control.id, control.value.trim().toLowerCase()]));

  const filterRows = (root) => {
    const now = wanted();
    for (const row of root.querySelectorAll("tr[data-outcome]")) row.hidden = !matches(row.dataset, now);
  };

  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card.id)) {
      const rows = rowsOf(card.id).map((row) => `${row.subject} ${row.where} ${row.actual}`).join(" ");
      texts.set(card.id, `${card.dataset.search} ${card.textContent} ${rows}`.toLowerCase());
    }
    return texts.get(card.id);
  };

  const some = (card, now) => [...card.querySelectorAll("tr[data-outcome]")].some((row) => matches(row.dataset, now))
    || rowsOf(card.id).some((row) => matches(row, now));

  const filter = () => {
    const now = wanted();
    let shown = 0;
    for (const card of cards) {
      const fits = (!now.severity || card.dataset.severity === now.severity)
        && (!now.outcome || card.dataset.outcome === now.outcome)
        && ((!now.environment && !now.layer) || some(card, { environment: now.environment, layer: now.layer }))
        && now.search.split(/\s+/).every((word) => textOf(card).includes(word));
      card.hidden = !fits;
      shown += fits;
      if (fits) filterRows(card);
    }
    for (const area of document.querySelectorAll(".area")) area.hidden = !area.querySelector(".card:not([hidden])");
    byId("shown").textContent = `${shown} of ${cards.length} requirements`;
  };

  let timer;
  for (const control of controls) control.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 60); });
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".filter").addEventListener("reset", () => setTimeout(filter));
  for (const more of document.querySelectorAll(".more")) more.querySelector("button").addEventListener("click", () => show(more));
  for (const number of document.querySelectorAll(".number")) number.addEventListener("click", () => { byId("outcome").value = number.dataset.outcome; filter(); });

  const open = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (card && card.matches("details")) { card.hidden = false; card.closest(".area").hidden = false; card.open = true; card.scrollIntoView(); card.querySelector("summary").focus(); }
  };
  addEventListener("hashchange", open);
  open();

  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); byId("search").focus(); }
  });
  byId("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  });
  const closed = [];
  addEventListener("beforeprint", () => { for (const card of cards) if (!card.open && !card.hidden) { card.open = true; closed.push(card); } });
  addEventListener("afterprint", () => { while (closed.length) closed.pop().open = false; });
})();
