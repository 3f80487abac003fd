import type { Metadata } from "next";
import Link from "next/link";
import { LiveModule } from "@/components/live-module";

export const metadata: Metadata = { title: "Module", robots: { index: false } };

export default function LiveModulePage() {
  return (
    <>
      <nav aria-label="Breadcrumb" className="crumbs"><Link href="/">Catalogue</Link></nav>
      <LiveModule />
    </>
  );
}
