import type { Metadata } from "next";
import { SignInCompletion } from "@/components/sign-in-completion";

export const metadata: Metadata = { title: "Signing in", robots: { index: false } };

export default function SignInCompletePage() {
  return (
    <div className="narrow">
      <h1>Signing in</h1>
      <SignInCompletion />
    </div>
  );
}
