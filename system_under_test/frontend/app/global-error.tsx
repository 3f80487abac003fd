"use client";

import "./globals.css";

interface Props {
  readonly reset: () => void;
}

/** A defect of the frame around all pages. The framework's own page would need inline styles, which the policy forbids. */
export default function GlobalError({ reset }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Something broke – Workshop</title>
        <main className="frame narrow">
          <h1>Something broke</h1>
          <p>It is our fault, not yours. Nothing you saved is lost.</p>
          <button type="button" className="button" onClick={reset}>Try again</button>
        </main>
      </body>
    </html>
  );
}
