import { expect, it } from 'vitest';
import { offlinePage } from './offline-page.js';

it('needs nothing from the network, and tries again where it was', () => {
  const page = offlinePage('en', {
    title: 'You are offline',
    text: 'Your basket is safe.',
    tryAgain: 'Again',
  });
  expect(page).toContain('<html lang="en">');
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
  expect(page).toContain('<a href="">Again</a>');
});
