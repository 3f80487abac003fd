"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

type Props = Omit<ComponentProps<typeof Link>, "prefetch" | "onMouseEnter" | "onTouchStart" | "onFocus">;

/**
 * A link to a page of this site. The page is fetched when somebody reaches for the link, with pointer, finger or keyboard:
 * early enough to open at once, and nobody pays for pages that they do not open.
 */
export function PageLink(props: Props) {
  const [reached, setReached] = useState(false);
  const reach = () => setReached(true);
  return <Link {...props} prefetch={reached ? null : false} onMouseEnter={reach} onTouchStart={reach} onFocus={reach} />;
}
