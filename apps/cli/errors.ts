/** What went wrong, in one line for people. */
export function explain(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return `${error.path}: there is no such file`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause ? `${error.message}: ${cause.message || cause.code}` : error.message;
}
