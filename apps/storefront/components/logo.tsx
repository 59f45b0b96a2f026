/** An awning over the name, as over every stall. */
export function Logo({ className = '' }: { className?: string }) {
  return (
    <span
      className={`inline-flex items-center gap-2 font-bold font-display text-2xl tracking-tight ${className}`}
    >
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8 shrink-0">
        <path d="M5 4h22l4 9H1z" className="fill-brand" />
        <path d="M9.4 4h4.4L12 13H5.7zM18.2 4h4.4l3.7 9H20z" className="fill-turmeric" />
        <path
          d="M1 13h10a5 5 0 0 1-10 0Zm10 0h10a5 5 0 0 1-10 0Zm10 0h10a5 5 0 0 1-10 0Z"
          className="fill-brand"
        />
        <path d="M4 20v8h24v-8" className="fill-none stroke-brand" strokeWidth="2.4" strokeLinejoin="round" />
        <path d="M13 28v-6h6v6" className="fill-turmeric" />
      </svg>
      pasar
    </span>
  );
}
