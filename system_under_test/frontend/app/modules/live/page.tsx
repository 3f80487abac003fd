import type { Metadata } from "next";
import { LiveModule } from "@/components/live-module";
import { PageLink } from "@/components/page-link";

export const metadata: Metadata = { title: "Module", robots: { index: false } };

export default function LiveModulePage() {
  return (
    <>
      <nav aria-label="Breadcrumb" className="crumbs"><PageLink href="/">Catalogue</PageLink></nav>
      <LiveModule />
    </>
  );
}
