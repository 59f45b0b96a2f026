'use client';
import { useEffect } from 'react';

/** The page answers from now on. Parts of it that do not yet begin to when somebody presses a button there. */
export function Awake() {
  useEffect(() => {
    // While React is at work it cannot begin with a part.
    setTimeout(() => window.pasarAwake?.());
  }, []);
  return null;
}
