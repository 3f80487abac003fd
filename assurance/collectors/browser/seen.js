// What somebody sees on a page: its title, headings, text, and what it tells of its own accord.
() => {
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const style = { visibilityProperty: true, opacityProperty: true };
    return box.width > 2 && box.height > 2 && element.checkVisibility(style);
  };
  const text = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const silent = parent.closest("script, style, noscript, template");
      if (!silent && shown(parent)) words.push(walker.currentNode.textContent);
    }
    return words.join(" ").replace(/\s+/g, " ").trim().slice(0, 20000);
  };
  const told = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  const ways = "button:not([disabled]), a[href], [role=button], [role=link]";
  return {
    title: document.title,
    headings: [...document.querySelectorAll("h1")].filter(shown).map(text),
    text: text(document.querySelector("main") ?? document.body ?? document.documentElement),
    alerts: [...document.querySelectorAll(told)].map((element) => ({
      role: element.getAttribute("role") ?? "live",
      text: text(element),
      ways: [...element.querySelectorAll(ways)].filter(shown).map(text),
    })).filter((alert) => alert.text !== ""),
    colours: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    wide: document.documentElement.scrollWidth > innerWidth + 1,
  };
}
