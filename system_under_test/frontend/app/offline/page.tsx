import type { Metadata } from "next";
import { PageLink } from "@/components/page-link";

export const metadata: Metadata = { title: "Offline", robots: { index: false } };

export default function OfflinePage() {
  return (
    <div className="narrow">
      <h1>You are offline</h1>
      <p>This page has not been kept on your device. The catalogue and every module that came with this release have.</p>
      <PageLink className="button" href="/">Open the catalogue</PageLink>
    </div>
  );
}
