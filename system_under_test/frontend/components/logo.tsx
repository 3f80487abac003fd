/** A dovetail joint. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M6 8h20v7h-4l2 9H8l2-9H6z" fill="var(--on-accent)" />
      <path d="M13 15h6l1.4 6h-8.8z" fill="var(--accent)" />
    </svg>
  );
}
