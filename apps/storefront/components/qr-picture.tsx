/** Dark on light in either theme, as cameras want it. */
export function QrPicture({ modules, label }: { modules: boolean[][]; label: string }) {
  const path = modules
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      shapeRendering="crispEdges"
      className="w-60 rounded-md bg-[#fff]"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
