"use client";

import { getModule } from "@/lib/api";
import { useAddressSearch } from "@/lib/use-address-search";
import { useRemote } from "@/lib/use-remote";
import { ModuleView } from "./module-view";
import { ProblemNotice } from "./problem-notice";
import { Waiting } from "./waiting";

/** A module that is newer than this build: it has no page of its own, so its content comes from the API alone. */
export function LiveModule() {
  const slug = new URLSearchParams(useAddressSearch()).get("slug");
  const remote = useRemote(slug ? `live/${slug}` : null, () => getModule(slug ?? ""));
  if (remote.data) return <ModuleView module={remote.data} />;
  return (
    <>
      <h1>Module</h1>
      {remote.problem ? (
        <ProblemNotice problem={remote.problem} doing="show this module" onRetry={remote.reload} />
      ) : (
        <Waiting what="the module" slow={remote.phase === "slow"} />
      )}
    </>
  );
}
