import type { Metadata } from "next";
import { PageLink } from "@/components/page-link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="narrow">
      <h1>This page is not here</h1>
      <p>The address may be mistyped, or the module was taken out of the catalogue.</p>
      <PageLink className="button" href="/">Open the catalogue</PageLink>
    </div>
  );
}
