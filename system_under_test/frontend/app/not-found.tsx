import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="narrow">
      <h1>This page is not here</h1>
      <p>The address may be mistyped, or the module was taken out of the catalogue.</p>
      <Link className="button" href="/">Open the catalogue</Link>
    </div>
  );
}
