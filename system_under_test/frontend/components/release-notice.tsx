"use client";

import { useEffect, useState } from "react";
import { takeRelease, watchReleases } from "@/lib/releases";

/** Tells that a newer release is there. Nothing reloads unasked: a half-read lesson stays where it is. */
export function ReleaseNotice() {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => watchReleases(setWaiting), []);
  if (waiting === null) return null;
  return (
    <div className="release" role="status">
      <p>A new version of this site is ready.</p>
      <button type="button" className="button" onClick={() => takeRelease(waiting)}>Update now</button>
    </div>
  );
}
