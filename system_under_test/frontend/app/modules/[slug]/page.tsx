import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ModuleView } from "@/components/module-view";
import { PageLink } from "@/components/page-link";
import { builtModule, builtModules } from "@/lib/content";

interface Props {
  readonly params: Promise<{ readonly slug: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return builtModules.map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const module = builtModule((await params).slug);
  return module ? { title: module.title, description: module.summary } : {};
}

export default async function ModulePage({ params }: Props) {
  const module = builtModule((await params).slug);
  if (module === undefined) notFound();
  return (
    <>
      <nav aria-label="Breadcrumb" className="crumbs"><PageLink href="/">Catalogue</PageLink></nav>
      <ModuleView module={module} />
    </>
  );
}
