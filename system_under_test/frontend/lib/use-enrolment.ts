"use client";

import { useState } from "react";
import { type Answer, enrol, leave, listEnrolments, markLesson } from "./api";
import type { Enrolment } from "./api-types";
import type { Problem } from "./problem";
import { type Remote, useRemote } from "./use-remote";
import { useSession } from "./use-session";

export interface EnrolmentState {
  readonly remote: Remote<Enrolment | null>;
  readonly busy: boolean;
  /** Why the last action did not happen. */
  readonly refusal: Problem | null;
  /** What the last action did, for the live region. */
  readonly done: string;
  readonly enrol: () => Promise<void>;
  readonly leave: () => Promise<void>;
  readonly mark: (position: number, completed: boolean) => Promise<void>;
}

/** The signed-in learner's enrolment in one module, or null when there is none. */
async function findEnrolment(slug: string): Promise<Answer<Enrolment | null>> {
  let cursor: string | undefined;
  for (;;) {
    const answer = await listEnrolments(cursor);
    if (!answer.ok) return answer;
    const found = answer.data.items.find((enrolment) => enrolment.module.slug === slug);
    if (found !== undefined || answer.data.next_cursor === null) return { ok: true, data: found ?? null };
    cursor = answer.data.next_cursor;
  }
}

function progressOf(enrolment: Enrolment, position: number, completed: boolean): Enrolment {
  const others = enrolment.completed_lessons.filter((lesson) => lesson !== position);
  const lessons = completed ? [...others, position].toSorted((a, b) => a - b) : others;
  return { ...enrolment, completed_lessons: lessons, progress: Math.round((100 * lessons.length) / enrolment.module.lesson_count) };
}

export function useEnrolment(slug: string): EnrolmentState {
  const session = useSession();
  const remote = useRemote(session ? `${session.name}/${slug}` : null, () => findEnrolment(slug));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [done, setDone] = useState("");

  async function act<T>(action: () => Promise<Answer<T>>, result: (data: T) => Enrolment | null, message: string): Promise<boolean> {
    setBusy(true);
    setRefusal(null);
    setDone("");
    const answer = await action();
    setBusy(false);
    if (!answer.ok) {
      setRefusal(answer.problem);
      return false;
    }
    remote.replace(result(answer.data));
    setDone(message);
    return true;
  }

  async function mark(position: number, completed: boolean): Promise<void> {
    const before = remote.data;
    if (before === null) return;
    // Shown at once, taken back if the service refuses: a tick that waits for the network feels broken.
    remote.replace(progressOf(before, position, completed));
    const message = completed ? `Lesson ${position} completed.` : `Lesson ${position} open again.`;
    if (!(await act(() => markLesson(before.id, position, completed), (data) => data, message))) remote.replace(before);
  }

  return {
    remote,
    busy,
    refusal,
    done,
    enrol: async () => void (await act(() => enrol(slug), (data) => data, "You are enrolled.")),
    leave: async () => void (remote.data && (await act(() => leave(remote.data?.id ?? ""), () => null, "You have left the module."))),
    mark,
  };
}
