"use client";

import { usePathname } from "next/navigation";
import { forgetSession } from "@/lib/session";
import { useSession } from "@/lib/use-session";
import { Logo } from "./logo";
import { PageLink } from "./page-link";

const PLACES = [
  { address: "/", name: "Catalogue" },
  { address: "/enrolments", name: "My learning" },
];

export function SiteHeader() {
  const pathname = usePathname();
  return (
    <header className="site-header">
      <div className="frame site-header-row">
        <PageLink href="/" className="brand"><Logo /> <span className="brand-name">Workshop</span></PageLink>
        <nav aria-label="Main">
          <ul className="places">
            {PLACES.map(({ address, name }) => (
              <li key={address}>
                <PageLink href={address} aria-current={pathname === address ? "page" : undefined}>{name}</PageLink>
              </li>
            ))}
            <li><Account pathname={pathname} /></li>
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Account({ pathname }: { readonly pathname: string }) {
  const session = useSession();
  if (!session) {
    // As built, the page for what is missing does not know its address: the way back is added in the browser.
    const address = session === undefined || pathname === "/sign-in" ? "/sign-in" : `/sign-in?return=${encodeURIComponent(pathname)}`;
    return <PageLink href={address} aria-current={pathname === "/sign-in" ? "page" : undefined}>Sign in</PageLink>;
  }
  return (
    <button type="button" className="place-button" onClick={forgetSession}>
      Sign out<span className="account-name"> {session.name}</span>
    </button>
  );
}
