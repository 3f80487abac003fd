"use client";

import { useCallback, useEffect, useState } from "react";
import type { Answer } from "./api";
import type { Problem } from "./problem";

export interface Remote<T> {
  /** `slow` is loading for so long that the person should be told. */
  readonly phase: "loading" | "slow" | "ready" | "failed";
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
  readonly replace: (data: T) => void;
}

type State<T> = Pick<Remote<T>, "phase" | "data" | "problem"> & { readonly key: string | null };

const SLOW_AFTER_MILLISECONDS = 2_000;

/**
 * Reads from the API and keeps the state of doing so. A new key reads anew; a null key reads nothing. Answers that arrive
 * after the key has changed are dropped. When the network returns, what failed for want of it is read again.
 */
export function useRemote<T>(key: string | null, load: () => Promise<Answer<T>>): Remote<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<State<T>>({ key, phase: "loading", data: null, problem: null });
  const reload = useCallback(() => {
    setState((before) => ({ ...before, phase: "loading" }));
    setRound((number) => number + 1);
  }, []);

  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const slow = setTimeout(() => setState((before) => ({ ...before, key, phase: "slow", problem: null })), SLOW_AFTER_MILLISECONDS);
    void load().then((answer) => {
      clearTimeout(slow);
      if (!wanted) return;
      if (answer.ok) setState({ key, phase: "ready", data: answer.data, problem: null });
      else setState((before) => ({ key, phase: "failed", data: before.key === key ? before.data : null, problem: answer.problem }));
    });
    return () => {
      wanted = false;
      clearTimeout(slow);
    };
    // The key stands for everything that `load` closes over.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, round]);

  const away = state.problem?.kind === "away";
  useEffect(() => {
    if (!away) return;
    addEventListener("online", reload);
    return () => removeEventListener("online", reload);
  }, [away, reload]);

  const replace = useCallback((data: T) => setState({ key, phase: "ready", data, problem: null }), [key]);
  const fresh = state.key === key;
  return {
    phase: fresh ? state.phase : "loading",
    data: fresh ? state.data : null,
    problem: fresh ? state.problem : null,
    reload,
    replace,
  };
}
