import type { Outcome } from './outcome';

export const pictureTypes = 'image/jpeg,image/png,image/webp,image/avif,image/heic';

/** Sends a picture from the browser. */
export async function upload(
  purpose: 'REVIEW' | 'ATTACHMENT' | 'AVATAR',
  file: File,
): Promise<Outcome<{ id: string; url: string }>> {
  const query = new URLSearchParams({ purpose, name: file.name });
  const response = await fetch(`/api/uploads?${query}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  return response.json();
}
