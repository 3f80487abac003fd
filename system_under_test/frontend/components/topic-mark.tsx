interface Props {
  readonly topic: string;
  /** Which drawing, where it is not the topic that decides. */
  readonly pattern?: number;
}

const PATTERNS = 6;

/** The same topic always gets the same drawing, also a topic that is newer than this page. */
export function patternOf(topic: string): number {
  return Array.from(topic).reduce((sum, letter) => (sum * 3 + (letter.codePointAt(0) ?? 0)) % 9973, 1) % PATTERNS;
}

const DRAWINGS = [
  <path key="joints" d="M0 24h40v-14h40v28h40v-28h40v28h40v-28h40v28h40v-28h40v28h40v-14h40M0 62h40v-14h40v28h40v-28h40v28h40v-28h40v28h40v-28h40v28h40v-14h40" />,
  <path key="shavings" d="M-10 60c40-60 60-60 60-20s-40 30-30 0 70-50 90-10-40 50-40 15 70-60 100-20-30 50-40 20 70-55 100-15-40 45-40 10 60-50 100-20 60 10 80-10" />,
  <g key="rings">
    {[14, 28, 42, 56, 70, 84].map((radius) => (
      <circle key={radius} cx="300" cy="52" r={radius} />
    ))}
    {[10, 20, 30].map((radius) => (
      <circle key={radius} cx="80" cy="20" r={radius} />
    ))}
  </g>,
  <path key="grid" d="M20-10v110M60-10v110M100-10v110M140-10v110M180-10v110M220-10v110M260-10v110M300-10v110M340-10v110M380-10v110M-10 20h420M-10 50h420M-10 80h420M60 20l40 30M180 50l40 30M260 20l40 30M300 80l40-30" />,
  <path key="waves" d="M-20 20q30-24 60 0t60 0 60 0 60 0 60 0 60 0 60 0M-20 45q30-24 60 0t60 0 60 0 60 0 60 0 60 0 60 0M-20 70q30-24 60 0t60 0 60 0 60 0 60 0 60 0 60 0" />,
  <path key="roofs" d="M-10 80l50-50 50 50 50-50 50 50 50-50 50 50 50-50 50 50 50-50M-10 55l50-50 50 50 50-50 50 50 50-50 50 50 50-50 50 50 50-50" />,
];

/** A drawing in the topic's colour; decoration only, the topic's name stands beside it. */
export function TopicMark({ topic, pattern = patternOf(topic) }: Props) {
  return (
    <svg className={`topic-mark topic-${pattern}`} viewBox="0 0 400 92" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="5" strokeLinejoin="round" strokeLinecap="round">
        {DRAWINGS[pattern]}
      </g>
    </svg>
  );
}
