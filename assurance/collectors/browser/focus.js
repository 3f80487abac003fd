// What can be operated on a page, and where the focus is. Asked with `true` it only takes stock, else it says which of them
// has the focus now, and whether that shows.
(first) => {
  const style = (element, part) => {
    const seen = getComputedStyle(element, part);
    const names = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "borderWidth"];
    const more = ["backgroundColor", "color", "textDecorationLine", "textDecorationThickness"];
    return Object.fromEntries([...names, ...more].map((name) => [name, seen[name]]));
  };
  // The focus may be shown on what is around a control, such as a card around its link, or on what is drawn before or after.
  const around = (element) => {
    const found = [element, element.nextElementSibling];
    for (let up = element.parentElement; up && found.length < 6; up = up.parentElement) found.push(up);
    return found.filter(Boolean);
  };
  const drawn = (element) => [undefined, "::before", "::after"].map((part) => style(element, part));
  const look = (element) => JSON.stringify(around(element).map(drawn));
  const name = (element) => {
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText;
    const words = (label ?? "").replace(/\s+/g, " ").trim().slice(0, 60);
    return `${(element.getAttribute("role") ?? element.tagName).toLowerCase()} "${words}"`;
  };
  if (first) {
    const operable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true]," +
      "[role=button], [role=link], [role=checkbox], [role=switch], [role=tab], [role=menuitem], [onclick]";
    const groups = new Set();
    globalThis.__operable = [...document.querySelectorAll(operable)].filter((element) => {
      const box = element.getBoundingClientRect();
      const hidden = !element.checkVisibility({ visibilityProperty: true }) || box.width === 0 || element.closest("[inert]");
      if (hidden || element.disabled || element.getAttribute("aria-disabled") === "true") return false;
      // Of a group of radio buttons or tabs one is in the order; the others are reached by arrows.
      const group = element.type === "radio" ? `radio ${element.name}` : element.getAttribute("role") === "tab" ? "tabs" : "";
      if (group === "" ) return true;
      return groups.has(group) ? false : Boolean(groups.add(group));
    });
    globalThis.__looks = globalThis.__operable.map(look);
    return globalThis.__operable.map(name);
  }
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  let index = globalThis.__operable.indexOf(focused);
  if (index < 0 && focused.type === "radio") {
    index = globalThis.__operable.findIndex((element) => element.type === "radio" && element.name === focused.name);
  }
  const before = index < 0 ? "" : globalThis.__looks[index];
  const box = focused.getBoundingClientRect();
  return { index, name: name(focused), visible: look(focused) !== before && box.width > 2 && box.height > 2 };
}
