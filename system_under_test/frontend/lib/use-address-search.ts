"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "workshop:address";

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(CHANGED, listener);
  };
}

/**
 * The query part of the address, empty in the page as built. Unlike the router's hook it does not take the content out of
 * the static page.
 */
export function useAddressSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search, () => "");
}

/** Puts the choice into the address without leaving the page. `replace` keeps typing out of the history. */
export function changeAddressSearch(values: Readonly<Record<string, string>>, replace: boolean): void {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const search = new URLSearchParams(given).toString();
  const address = location.pathname + (search === "" ? "" : `?${search}`);
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}
