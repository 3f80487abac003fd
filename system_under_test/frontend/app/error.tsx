"use client";

interface Props {
  readonly reset: () => void;
}

/** A defect of a page. The rest of the site, with its navigation, stays. */
export default function PageError({ reset }: Props) {
  return (
    <div className="narrow" role="alert">
      <h1>Something broke on this page</h1>
      <p>It is our fault, not yours. Nothing you saved is lost.</p>
      <button type="button" className="button" onClick={reset}>Try again</button>
    </div>
  );
}
