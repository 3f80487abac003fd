interface Props {
  readonly what: string;
  readonly slow: boolean;
  readonly rows?: number;
}

/** Grey rows while something loads, and a sentence once that takes long. */
export function Waiting({ what, slow, rows = 3 }: Props) {
  return (
    <div className="waiting" role="status">
      <span className={slow ? "waiting-text" : "visually-hidden"}>
        {slow ? `Still loading ${what}. The service is slower than usual.` : `Loading ${what}`}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="waiting-row" aria-hidden="true" />
      ))}
    </div>
  );
}
