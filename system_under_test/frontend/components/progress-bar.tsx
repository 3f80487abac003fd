interface Props {
  readonly label: string;
  readonly percent: number;
}

export function ProgressBar({ label, percent }: Props) {
  return (
    <div className="progress">
      <progress aria-label={label} max={100} value={percent} />
      <span aria-hidden="true">{percent} %</span>
    </div>
  );
}
