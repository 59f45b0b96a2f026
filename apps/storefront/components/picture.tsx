/* biome-ignore-all lint/performance/noImgElement: pictures come in the right sizes already, or are drawings */

/** A picture in a square that is there before it. */
export function Picture({
  src,
  alt,
  eager,
  className = '',
}: {
  src: string;
  alt: string;
  /** Seen at once. */
  eager?: boolean;
  className?: string;
}) {
  return (
    <span className={`block aspect-square overflow-hidden bg-sunken ${className}`}>
      {src ? (
        <img
          src={src}
          alt={alt}
          width={480}
          height={480}
          loading={eager ? 'eager' : 'lazy'}
          fetchPriority={eager ? 'high' : undefined}
          decoding="async"
          className="size-full object-cover dark:brightness-90"
        />
      ) : (
        <span className="sr-only">{alt}</span>
      )}
    </span>
  );
}
