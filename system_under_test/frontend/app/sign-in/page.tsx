import type { Metadata } from "next";
import { SignInPanel } from "@/components/sign-in-panel";

export const metadata: Metadata = { title: "Sign in", description: "Sign in to enrol and to keep your progress." };

export default function SignInPage() {
  return (
    <div className="narrow">
      <h1>Sign in</h1>
      <SignInPanel />
    </div>
  );
}
