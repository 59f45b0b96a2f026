'use client';
import { type ComponentType, useEffect, useState } from 'react';

/**
 * A component that is fetched when it is first wanted, and stays.
 * @param onFailure there is no network; it is asked for again when it is wanted again
 */
export function useLoaded<Props>(
  load: () => Promise<ComponentType<Props>>,
  wanted: boolean,
  onFailure: () => void,
): ComponentType<Props> | undefined {
  const [loaded, setLoaded] = useState<ComponentType<Props>>();
  useEffect(() => {
    if (wanted && !loaded) load().then((component) => setLoaded(() => component), onFailure);
  }, [wanted, loaded]);
  return loaded;
}

/**
 * Whether such a component is open by now: not yet when it is first drawn, so that it comes in then as it does later.
 */
export function useOpening(open: boolean): boolean {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(open), [open]);
  return isOpen;
}
