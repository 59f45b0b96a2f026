export type PartKind = 'CANCELLATIONS' | 'LATE_SHIPMENTS' | 'RATING';

/** What is known of a store's last orders and of its ratings. */
export interface Record {
  orders: number;
  cancelledBySeller: number;
  /** Sent, or to be sent by now. */
  due: number;
  /** Of those. */
  late: number;
  stars: number;
  ratings: number;
}

export interface Part {
  kind: PartKind;
  value: number;
  sample: number;
  best: number;
  worst: number;
  points: number;
  maxPoints: number;
  counts: boolean;
}

export interface Performance {
  /** Null while there is too little to judge by. */
  score: number | null;
  parts: Part[];
}

/** Fewer say nothing. */
const smallestSample = 5;

const scales: { [kind in PartKind]: { best: number; worst: number; maxPoints: number } } = {
  CANCELLATIONS: { best: 0.01, worst: 0.1, maxPoints: 40 },
  LATE_SHIPMENTS: { best: 0.02, worst: 0.2, maxPoints: 30 },
  RATING: { best: 4.8, worst: 3, maxPoints: 30 },
};

/** Each part gives points in proportion between its worst and its best value; the score is the share of those to be had. */
export function judge({ orders, cancelledBySeller, due, late, stars, ratings }: Record): Performance {
  const parts = [
    partOf('CANCELLATIONS', share(cancelledBySeller, orders), orders),
    partOf('LATE_SHIPMENTS', share(late, due), due),
    partOf('RATING', stars, ratings),
  ];
  const counting = parts.filter(({ counts }) => counts);
  const points = counting.reduce((sum, part) => sum + part.points, 0);
  const most = counting.reduce((sum, { maxPoints }) => sum + maxPoints, 0);
  return { score: most === 0 ? null : Math.round((100 * points) / most), parts };
}

function partOf(kind: PartKind, value: number, sample: number): Part {
  const { best, worst, maxPoints } = scales[kind];
  const reached = Math.min(1, Math.max(0, (value - worst) / (best - worst)));
  const points = Math.round(reached * maxPoints * 10) / 10;
  return { kind, value, sample, best, worst, points, maxPoints, counts: sample >= smallestSample };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
