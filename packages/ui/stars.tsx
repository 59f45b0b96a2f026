import { Star } from 'lucide-react';

/** @param label what a screen reader says of it */
export function Stars({ value, label, size = 16 }: { value: number; label: string; size?: number }) {
  return (
    <span role="img" aria-label={label} className="inline-flex items-center gap-0.5">
      {[1, 2, 3, 4, 5].map((star) => (
        <Star
          key={star}
          aria-hidden
          width={size}
          height={size}
          strokeWidth={1.5}
          className={
            value >= star - 0.25
              ? 'fill-turmeric text-turmeric'
              : value >= star - 0.75
                ? 'fill-turmeric/45 text-turmeric'
                : 'text-edge'
          }
        />
      ))}
    </span>
  );
}
