/** A line that tells how far a file is: drawn over itself on a terminal, now and then a new one elsewhere. */
export class Progress {
  readonly #started = performance.now();
  readonly #tty = process.stdout.isTTY;
  #shownAt = 0;
  #first: { row: number; share: number } | undefined;

  /** @param share of the file that is done, from 0 to 1 */
  show(row: number, share: number, rejected: number): void {
    const now = performance.now();
    this.#first ??= { row, share };
    if (now - this.#shownAt < (this.#tty ? 100 : 5_000)) return;
    this.#shownAt = now;
    const seconds = (now - this.#started) / 1000;
    const rate = Math.round((row - this.#first.row) / seconds);
    // From where this run began: what an earlier one did took no time.
    const gained = share - this.#first.share;
    const left = gained > 0 ? `${Math.ceil((seconds / gained) * (1 - share))} s left` : '';
    const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
    const percent = (share * 100).toFixed(0).padStart(3);
    const line = `${bar} ${percent} %  row ${row}  ${rate}/s  ${left}  ${rejected} rejected`;
    process.stdout.write(this.#tty ? `\r\x1b[2K${line}` : `${line}\n`);
  }

  end(): void {
    if (this.#tty) process.stdout.write('\r\x1b[2K');
  }
}
