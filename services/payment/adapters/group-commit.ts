/**
 * Writes what is submitted at the same time together: while one group is being written the next one gathers, so the more
 * there is to do the fewer commits it takes.
 */
export class GroupCommit<Item, Result> {
  readonly #write: (items: Item[]) => Promise<Result[]>;
  #gathering: { item: Item; written: PromiseWithResolvers<Result> }[] = [];
  #writing = false;

  /** @param write gives the results in the order of the items */
  constructor(write: (items: Item[]) => Promise<Result[]>) {
    this.#write = write;
  }

  submit(item: Item): Promise<Result> {
    const written = Promise.withResolvers<Result>();
    this.#gathering.push({ item, written });
    if (!this.#writing) {
      this.#writing = true;
      // What is submitted in the same turn of the event loop joins the first group.
      setImmediate(() => void this.#run());
    }
    return written.promise;
  }

  async #run(): Promise<void> {
    while (this.#gathering.length > 0) {
      const group = this.#gathering;
      this.#gathering = [];
      try {
        const results = await this.#write(group.map(({ item }) => item));
        for (const [index, { written }] of group.entries()) written.resolve(results[index] as Result);
      } catch (error) {
        for (const { written } of group) written.reject(error);
      }
    }
    this.#writing = false;
  }
}
