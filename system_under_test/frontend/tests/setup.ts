import "@testing-library/jest-dom";
import { cleanup } from "@testing-library/react";
import { TextDecoder, TextEncoder } from "node:util";
import { webcrypto } from "node:crypto";
import { forgetSession } from "@/lib/session";

// What every browser has and the simulated one lacks.
Object.assign(globalThis, { TextDecoder, TextEncoder });
Object.defineProperty(globalThis, "crypto", { value: webcrypto, configurable: true });
AbortSignal.timeout ??= () => new AbortController().signal;
// Without it links ask for the next page at a time of their own, in the middle of another test.
globalThis.IntersectionObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof IntersectionObserver;

// The simulated browser has no layout to scroll in; some tests have no browser at all.
beforeEach(() => {
  if (typeof Element !== "undefined") Element.prototype.scrollIntoView = jest.fn();
});

afterEach(() => {
  // Pages leave before their world is put back, or they would still react to it.
  cleanup();
  if (typeof window === "undefined") return;
  forgetSession();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});
