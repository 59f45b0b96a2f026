import type { Schemas } from '@pasar/sdk';

export interface Place {
  city: string;
  province: string;
}

export interface Delivery {
  /** Undefined while nobody knows where to. */
  to?: Place;
  /** The cheapest first. */
  options: Schemas['ShippingOption'][];
}

/** Kept in the browser: where somebody wants things brought who has not said who they are. */
const PLACE = 'pasar-place';

export function readPlace(): Place | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    return typeof kept?.city === 'string'
      ? { city: kept.city, province: String(kept.province ?? '') }
      : undefined;
  } catch {
    return undefined;
  }
}

export function keepPlace(place: Place | undefined): void {
  try {
    if (place) localStorage.setItem(PLACE, JSON.stringify(place));
    else localStorage.removeItem(PLACE);
  } catch {
    // Then it holds for this page.
  }
}
