// The links of a page that lead to another page of the same site and can be clicked, each once.
() => {
  const found = new Map();
  for (const link of document.querySelectorAll("a[href]")) {
    const address = new URL(link.href);
    const box = link.getBoundingClientRect();
    const elsewhere = address.origin !== location.origin || address.pathname === location.pathname;
    if (elsewhere || link.target === "_blank" || link.hasAttribute("download")) continue;
    if (box.width > 2 && box.height > 2 && link.checkVisibility({ visibilityProperty: true })) {
      if (!found.has(address.pathname)) found.set(address.pathname, link.getAttribute("href"));
    }
  }
  return [...found.values()];
}
