"use client";

import { useSyncExternalStore } from "react";
import { currentSession, onSessionChange, type Session } from "./session";

/** The session of this tab. `undefined` while the page is still the one built without knowing who reads it. */
export function useSession(): Session | null | undefined {
  return useSyncExternalStore<Session | null | undefined>(onSessionChange, currentSession, () => undefined);
}
