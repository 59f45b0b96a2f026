'use server';
import type { Schemas } from '@pasar/sdk';
import { customerApi } from '../lib/api';
import { type Outcome, outcomeOf } from '../lib/outcome';

/** What a buyer says of something, whether for the first time or not. */
export interface Opinion {
  stars: number;
  text: string;
  anonymous: boolean;
  mediaIds: string[];
}

export async function writeReview(
  line: { orderId: string; variantId: string },
  opinion: Opinion,
): Promise<Outcome<Schemas['Review']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/reviews', { body: { ...line, ...opinion } });
  });
}

export async function changeReview(
  id: string,
  { mediaIds, ...opinion }: Opinion,
): Promise<Outcome<Schemas['Review']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const body = { ...opinion, photos: mediaIds.map((mediaId) => ({ mediaId })) };
    const params = { path: { id }, query: { updateMask: Object.keys(body).join(',') } };
    return client.patch('/api/v1/reviews/{id}', { params, body });
  });
}

export async function deleteReview(id: string): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.delete('/api/v1/reviews/{id}', { params: { path: { id } } });
  });
}

export async function voteReview(id: string, helpful: boolean): Promise<Outcome<Schemas['Review']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/reviews/{id}:vote', { params: { path: { id } }, body: { helpful } });
  });
}

export async function reportReview(
  id: string,
  body: { reason: Schemas['ReportRequest']['reason']; detail: string },
): Promise<Outcome> {
  return outcomeOf(async () => {
    const client = await customerApi();
    return client.post('/api/v1/reviews/{id}:report', { params: { path: { id } }, body });
  });
}

export async function askQuestion(productId: string, text: string): Promise<Outcome<Schemas['Question']>> {
  return outcomeOf(async () => {
    const client = await customerApi();
    const params = { path: { productId } };
    return client.post('/api/v1/products/{productId}/questions', { params, body: { text } });
  });
}
