"use client";

import { type Answer, getFeatures, listRecommendations } from "@/lib/api";
import type { ModuleSummary } from "@/lib/api-types";
import { addressOf } from "@/lib/catalogue";
import { useRemote } from "@/lib/use-remote";
import { useSession } from "@/lib/use-session";
import { ModuleCard } from "./module-card";

interface Props {
  readonly slugs: readonly string[];
}

const NONE: readonly ModuleSummary[] = [];

async function recommended(): Promise<Answer<readonly ModuleSummary[]>> {
  const features = await getFeatures();
  // Off is the safe default: without an answer about the flag nothing is offered, and nothing is broken.
  if (!features.ok || !features.data.recommendations) return { ok: true, data: NONE };
  const answer = await listRecommendations();
  return answer.ok ? { ok: true, data: answer.data.items } : { ok: true, data: NONE };
}

/** What to learn next. Behind the flag `recommendations`; shows nothing at all unless there is something to show. */
export function Recommendations({ slugs }: Props) {
  const session = useSession();
  const remote = useRemote(session ? `recommendations/${session.name}` : null, recommended);
  const modules = remote.data ?? NONE;
  if (modules.length === 0) return null;
  const built = new Set(slugs);
  return (
    <section aria-labelledby="recommendations-title" className="recommendations">
      <h2 id="recommendations-title">Next on the bench</h2>
      <ul className="cards">
        {modules.map((module) => (
          <li key={module.slug}>
            <ModuleCard module={module} address={addressOf(module.slug, built)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
