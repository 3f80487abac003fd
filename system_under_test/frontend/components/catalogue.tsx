"use client";

import { listModules } from "@/lib/api";
import { addressOf, counted, matching, type ModuleCardContent, queryOf } from "@/lib/catalogue";
import { changeAddressSearch, useAddressSearch } from "@/lib/use-address-search";
import { usePages } from "@/lib/use-pages";
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
  const pages = usePages(`modules${search}`, (cursor) => listModules({ ...query, ...(cursor ? { cursor } : {}) }));
  const shown: readonly ModuleCardContent[] = pages.items ?? matching(modules, queryOf(typed));
  const built = new Set(modules.map((module) => module.slug));

  return (
    <section aria-labelledby="catalogue-title" aria-busy={pages.phase === "loading"}>
      <div className="section-head">
        <h2 id="catalogue-title">Catalogue</h2>
        <p role="status" className="quiet">
          {pages.phase === "slow" ? "Still asking for the latest. You see the catalogue as published with this page." : counted(shown.length, "module")}
        </p>
      </div>
      <CatalogueFilters query={queryOf(typed)} topics={topics} />
      {pages.problem && <ProblemNotice problem={pages.problem} doing="refresh the catalogue" onRetry={pages.reload} />}
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
      {pages.hasMore && (
        <p className="more">
          <button type="button" className="button button-quiet" onClick={() => void pages.showMore()}>
            Show more modules
          </button>
        </p>
      )}
    </section>
  );
}
