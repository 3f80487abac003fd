"use client";

import { useState } from "react";
import type { Answer } from "./api";
import type { Problem } from "./problem";
import { type Remote, useRemote } from "./use-remote";

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

interface Later<T> {
  readonly key: string | null;
  readonly items: readonly T[];
  readonly next: string | null;
  readonly problem: Problem | null;
}

export interface Pages<T> extends Pick<Remote<Page<T>>, "phase" | "reload"> {
  /** Null until the first page is there. */
  readonly items: readonly T[] | null;
  /** Of the page that was asked for last, the first or a later one. */
  readonly problem: Problem | null;
  readonly hasMore: boolean;
  readonly showMore: () => Promise<void>;
}

/** A list that the API gives page by page. What belongs to another key is never shown under this one. */
export function usePages<T>(key: string | null, load: (cursor?: string) => Promise<Answer<Page<T>>>): Pages<T> {
  const remote = useRemote(key, () => load());
  const [kept, setKept] = useState<Later<T> | null>(null);
  const later = kept !== null && kept.key === key ? kept : null;
  const next = later === null ? (remote.data?.next_cursor ?? null) : later.next;

  async function showMore(): Promise<void> {
    if (next === null) return;
    const before = later?.items ?? [];
    const answer = await load(next);
    if (answer.ok) setKept({ key, items: [...before, ...answer.data.items], next: answer.data.next_cursor, problem: null });
    else setKept({ key, items: before, next, problem: answer.problem });
  }

  function reload(): void {
    if (later?.problem) void showMore();
    else {
      setKept(null);
      remote.reload();
    }
  }

  const items = remote.data && [...remote.data.items, ...(later?.items ?? [])];
  return { phase: remote.phase, items, problem: remote.problem ?? later?.problem ?? null, hasMore: next !== null, showMore, reload };
}
