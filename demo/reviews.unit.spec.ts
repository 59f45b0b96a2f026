import { describe, expect, it } from 'vitest';
import { demoCatalogue } from './catalogue.js';
import {
  byCategory,
  bySubcategory,
  closings,
  deliveredBadly,
  deliveredWell,
  openings,
} from './review-words.js';
import { demoReviews } from './reviews.js';

const catalogue = demoCatalogue();
const reviews = demoReviews(catalogue);
const share = (stars: number) => reviews.filter((review) => review.stars === stars).length / reviews.length;

describe('the demo reviews', () => {
  it('are the same at every call', () => {
    expect(demoReviews(catalogue)).toEqual(reviews);
    expect(new Set(reviews.map(({ key }) => key)).size).toBe(reviews.length);
  });

  it('are of products that there are, in a variant that they come in', () => {
    const skus = new Map(
      catalogue.products.map(({ slug, variants }) => [slug, variants.map(({ sku }) => sku)]),
    );
    expect(reviews.filter(({ product, sku }) => !skus.get(product)?.includes(sku))).toEqual([]);
  });

  it('are what a market looks like: most are content, some are not, some things nobody has bought', () => {
    expect(reviews.length).toBeGreaterThan(3000);
    expect(reviews.length).toBeLessThan(6000);
    expect(share(5)).toBeGreaterThan(0.45);
    expect(share(1)).toBeGreaterThan(0.01);
    expect(share(1) + share(2) + share(3)).toBeLessThan(0.3);
    const reviewed = new Set(reviews.map(({ product }) => product)).size / catalogue.products.length;
    expect(reviewed).toBeGreaterThan(0.8);
    expect(reviewed).toBeLessThan(0.95);
  });

  it('say no two times the same of one product, and fit into a review', () => {
    const texts = reviews.filter(({ text }) => text).map(({ product, text }) => `${product} ${text}`);
    expect(new Set(texts).size).toBe(texts.length);
    for (const { text, reply, authorName, hoursAgo } of reviews) {
      expect(text.length).toBeLessThan(500);
      expect(reply.length).toBeLessThan(200);
      expect(authorName).toMatch(/^\p{L}+( \p{L}+)?$/u);
      expect(hoursAgo).toBeGreaterThan(24);
    }
  });

  it('have something to say of every category, in whole sentences', () => {
    const roots = catalogue.categories.filter(({ parent }) => parent === '').map(({ slug }) => slug);
    expect(Object.keys(byCategory).sort()).toEqual(roots.sort());
    const leaves = catalogue.categories.filter(({ parent }) => parent !== '').map(({ slug }) => slug);
    expect(Object.keys(bySubcategory).sort()).toEqual(leaves.sort());
    const lists = [...Object.values(bySubcategory), ...openings, deliveredWell, deliveredBadly, closings];
    for (const { good, bad } of Object.values(byCategory)) lists.push(good, bad);
    const sentences = lists.flat();
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.filter((sentence) => !/^\p{Lu}.*[.!]$/u.test(sentence))).toEqual([]);
  });
});
