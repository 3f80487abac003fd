import "@testing-library/jest-dom";
import { TextDecoder, TextEncoder } from "node:util";
import { webcrypto } from "node:crypto";
import { forgetSession } from "@/lib/session";

// What every browser has and the simulated one lacks.
Object.assign(globalThis, { TextDecoder, TextEncoder });
Object.defineProperty(globalThis, "crypto", { value: webcrypto, configurable: true });
AbortSignal.timeout ??= () => new AbortController().signal;

afterEach(() => {
  forgetSession();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});
