"use client";

import { useState } from "react";
import { listModules } from "@/lib/api";
import type { ModulePage } from "@/lib/api-types";
import { addressOf, counted, matching, type ModuleCardContent, queryOf } from "@/lib/catalogue";
import { changeAddressSearch, useAddressSearch } from "@/lib/use-address-search";
import { useRemote } from "@/lib/use-remote";
import { useSettled } from "@/lib/use-settled";
import { CatalogueFilters } from "./catalogue-filters";
import { ModuleCard } from "./module-card";
import { ProblemNotice } from "./problem-notice";

interface Props {
  readonly modules: readonly ModuleCardContent[];
  readonly topics: readonly string[];
}

/** The catalogue: as built into the page at once, then as the API tells it. */
export function Catalogue({ modules, topics }: Props) {
  const typed = useAddressSearch();
  const search = useSettled(typed, 250);
  const query = queryOf(search);
  const [more, setMore] = useState<{ readonly search: string; readonly page: ModulePage } | null>(null);
  const remote = useRemote(`modules${search}`, () => listModules(query));

  const extra = more !== null && more.search === search ? more.page : null;
  const live = remote.data === null ? null : [...remote.data.items, ...(extra?.items ?? [])];
  const shown: readonly ModuleCardContent[] = live ?? matching(modules, queryOf(typed));
  const cursor = (extra ?? remote.data)?.next_cursor ?? null;
  const built = new Set(modules.map((module) => module.slug));

  async function showMore(next: string) {
    const answer = await listModules({ ...query, cursor: next });
    if (answer.ok) setMore({ search, page: { ...answer.data, items: [...(extra?.items ?? []), ...answer.data.items] } });
  }

  return (
    <section aria-labelledby="catalogue-title" aria-busy={remote.phase === "loading"}>
      <div className="section-head">
        <h2 id="catalogue-title">Catalogue</h2>
        <p role="status" className="quiet">
          {remote.phase === "slow" ? "Still asking for the latest. You see the catalogue as published with this page." : counted(shown.length, "module")}
        </p>
      </div>
      <CatalogueFilters query={queryOf(typed)} topics={topics} />
      {remote.problem !== null && <ProblemNotice problem={remote.problem} doing="refresh the catalogue" onRetry={remote.reload} />}
      {shown.length === 0 ? (
        <div className="empty">
          <p className="empty-title">No module matches</p>
          <p>Try fewer words, or another level or topic.</p>
          <button type="button" className="button button-quiet" onClick={() => changeAddressSearch({}, false)}>
            Show all modules
          </button>
        </div>
      ) : (
        <ul className="cards">
          {shown.map((module) => (
            <li key={module.slug}>
              <ModuleCard module={module} address={addressOf(module.slug, built)} />
            </li>
          ))}
        </ul>
      )}
      {cursor !== null && (
        <p className="more">
          <button type="button" className="button button-quiet" onClick={() => void showMore(cursor)}>
            Show more modules
          </button>
        </p>
      )}
    </section>
  );
}
