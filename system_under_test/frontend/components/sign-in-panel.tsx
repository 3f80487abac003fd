"use client";

import { useState } from "react";
import { forgetSession } from "@/lib/session";
import { beginSignIn, safeReturn, type SignInFailure } from "@/lib/sign-in";
import { useAddressSearch } from "@/lib/use-address-search";
import { useSession } from "@/lib/use-session";

export const SIGN_IN_FAILURES: Readonly<Record<SignInFailure, string>> = {
  "not-configured": "This site has no identity provider, so nobody can sign in here. The catalogue works without.",
  "issuer-away": "The identity provider cannot be reached. Try again in a moment.",
  refused: "The identity provider did not sign you in.",
  "not-started-here": "This sign-in was not started in this tab. Start it again here.",
};

export function SignInPanel() {
  const session = useSession();
  const search = useAddressSearch();
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);

  async function start() {
    setBusy(true);
    setFailure(null);
    const begun = await beginSignIn(safeReturn(new URLSearchParams(search).get("return")));
    setBusy(false);
    if (typeof begun === "string") setFailure(begun);
    else location.assign(begun.address);
  }

  if (session) {
    return (
      <>
        <p>You are signed in as <strong>{session.name}</strong>.</p>
        <button type="button" className="button button-quiet" onClick={forgetSession}>Sign out</button>
      </>
    );
  }
  return (
    <>
      <p>You continue at your identity provider and come back here. Your password never passes through this site.</p>
      <button type="button" className="button" disabled={busy} onClick={() => void start()}>
        {busy ? "One moment…" : "Continue to sign in"}
      </button>
      {failure && <div className="notice notice-refused" role="alert"><p>{SIGN_IN_FAILURES[failure]}</p></div>}
    </>
  );
}
