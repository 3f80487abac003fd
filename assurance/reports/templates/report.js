"use strict";
(() => {
  const byId = (name) => document.getElementById(name);
  const data = JSON.parse(byId("data").textContent);
  const cards = [...document.querySelectorAll("details.card")];
  const areas = [...document.querySelectorAll(".area")];
  const form = document.querySelector(".filter");
  const controls = ["search", "outcome", "severity", "environment", "layer"].map(byId);
  const NAMES = ["outcome", "environment", "layer", "subject", "expected", "actual", "where", "evidence"];
  const WORST_FIRST = ["fail", "error", "unknown", "notchecked", "waived", "notapplicable", "pass"];
  const PAGE = 200;

  // What is filtered for.

  const wanted = () => {
    const now = Object.fromEntries(controls.map((control) => [control.id, control.value]));
    return { ...now, words: now.search.toLowerCase().split(/\s+/).filter(Boolean), outcomes: now.outcome.split(" ").filter(Boolean) };
  };

  const rowFits = (row, now) => (!now.outcomes.length || now.outcomes.includes(row.outcome))
    && (!now.environment || row.environment === now.environment)
    && (!now.layer || row.layer === now.layer);

  const worst = (outcomes) => WORST_FIRST.find((name) => outcomes.includes(name) && name !== "notchecked" && name !== "notapplicable")
    || (outcomes.includes("notapplicable") ? "notapplicable" : "notchecked");

  // The verdict on a requirement within the chosen environment and layer; empty where it has none.
  const verdict = (card, now) => {
    if (!now.environment && !now.layer) return card.dataset.outcome;
    const cells = data.verdicts[card.id].filter(([environment, layer]) =>
      (!now.environment || environment === now.environment) && (!now.layer || layer === now.layer));
    return cells.length ? worst(cells.map((cell) => cell[2])) : "";
  };

  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card.id)) {
      const used = new Set((data.cards[card.id] || []).flatMap((group) => data.groups[group].flat()));
      texts.set(card.id, `${card.textContent} ${[...used].map((number) => data.strings[number]).join("\n")}`.toLowerCase());
    }
    return texts.get(card.id);
  };

  const filterRows = (root, now) => {
    for (const row of root.querySelectorAll("tr[data-outcome]")) row.hidden = !rowFits(row.dataset, now);
  };

  const filter = () => {
    const now = wanted();
    let shown = 0;
    for (const card of cards) {
      const found = verdict(card, now);
      const fits = found !== "" && (!now.outcomes.length || now.outcomes.includes(found))
        && (!now.severity || card.dataset.severity === now.severity)
        && now.words.every((word) => textOf(card).includes(word));
      card.hidden = !fits;
      shown += fits;
      if (fits) filterRows(card, now);
    }
    for (const area of areas) area.hidden = !area.querySelector(".card:not([hidden])");
    byId("nothing").hidden = shown > 0;
    byId("shown").textContent = `${shown} of ${cards.length} requirements`;
  };

  let timer;
  for (const control of controls) control.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 60); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const number of document.querySelectorAll(".number")) {
    number.addEventListener("click", () => { form.reset(); byId("outcome").value = number.dataset.outcome; filter(); });
  }

  // The judgements that are not in the page itself.

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const cell = (...parts) => {
    const made = element("td");
    made.append(...parts.filter(Boolean));
    return made;
  };

  const digest = (text) => {
    const made = element("small", "evidence ");
    made.append(element("code", `${text.slice(0, 15)}…`));
    return made;
  };

  const line = (cells) => {
    const row = Object.fromEntries(cells.map((number, index) => [NAMES[index], data.strings[number]]));
    const made = element("tr");
    Object.assign(made.dataset, { environment: row.environment, layer: row.layer, outcome: row.outcome });
    made.append(cell(element("span", row.outcome, `badge o-${row.outcome}`)), cell(element("code", row.subject)), cell(row.expected), cell(row.actual),
      cell(row.where && element("code", row.where), element("small", `${row.environment}, ${row.layer}`), row.evidence && digest(row.evidence)));
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

  const unfold = (button) => {
    const rows = data.groups[button.dataset.group];
    const place = element("div", "", "others");
    const made = table();
    const next = element("button", "", "next");
    next.type = "button";
    let done = 0;
    const page = () => {
      made.tBodies[0].append(...rows.slice(done, done + PAGE).map(line));
      done = Math.min(done + PAGE, rows.length);
      next.hidden = done === rows.length;
      next.textContent = `show more (${rows.length - done} left)`;
      filterRows(made, wanted());
    };
    next.addEventListener("click", page);
    place.append(made, next);
    button.closest("li").append(place);
    page();
    return place;
  };

  for (const button of document.querySelectorAll("button.more")) {
    const label = button.textContent;
    let place;
    button.addEventListener("click", () => {
      if (place) place.hidden = !place.hidden; else place = unfold(button);
      button.textContent = place.hidden ? label : "hide";
      button.setAttribute("aria-expanded", String(!place.hidden));
    });
  }

  // Ways into the page.

  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches("details.card, .area")) return;
    if (target.hidden) { form.reset(); filter(); }
    if (target.matches("details")) { target.open = true; target.querySelector("summary").focus({ preventScroll: true }); }
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) setTimeout(open);
  });
  open();

  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    byId("search").focus();
  });
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  // On paper stands what needs attention; the rest is one line each.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const card of document.querySelectorAll("details.pressing:not([open])")) { card.open = true; opened.push(card); }
  });
  addEventListener("afterprint", () => { while (opened.length) opened.pop().open = false; });
})();
