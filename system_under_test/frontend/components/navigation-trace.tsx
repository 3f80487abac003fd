"use client";

import { usePathname } from "next/navigation";
import { useLayoutEffect } from "react";
import { beginNavigation } from "@/lib/trace";

/** Begins a trace for each page that is opened, before the page's own effects ask the API. */
export function NavigationTrace() {
  const pathname = usePathname();
  useLayoutEffect(() => {
    beginNavigation();
  }, [pathname]);
  return null;
}
