/** The parts of a list, of `size` each but for the last: what a call or a statement takes at once. */
export function chunks<Item>(list: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
