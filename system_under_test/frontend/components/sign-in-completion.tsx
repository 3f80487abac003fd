"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { completeSignIn, type SignInFailure } from "@/lib/sign-in";
import { PageLink } from "./page-link";
import { SIGN_IN_FAILURES } from "./sign-in-panel";
import { Waiting } from "./waiting";

/** Where the identity provider sends the person back to. */
export function SignInCompletion() {
  const router = useRouter();
  const started = useRef(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);

  useEffect(() => {
    // A code is good for one exchange, and React runs effects twice while developing.
    if (started.current) return;
    started.current = true;
    void completeSignIn(new URLSearchParams(location.search)).then((outcome) => {
      if (outcome.ok) router.replace(outcome.returnTo);
      else setFailure(outcome.failure);
    });
  }, [router]);

  if (failure === null) return <Waiting what="your account" slow={false} rows={1} />;
  return (
    <div className="notice notice-refused" role="alert">
      <p className="notice-title">You are not signed in</p>
      <p>{SIGN_IN_FAILURES[failure]}</p>
      <div className="notice-actions"><PageLink className="button button-quiet" href="/sign-in">Start again</PageLink></div>
    </div>
  );
}
