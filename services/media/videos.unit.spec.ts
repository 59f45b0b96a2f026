import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from './inspection.js';
import { boxOf, videoOf } from './testing.js';
import { forgetOrigin, measureVideo } from './videos.js';

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a video', () => {
  it('is taken for products only', async () => {
    const video = videoOf(1920, 1080);
    expect(await inspect(video, 'PRODUCT')).toBe('video/mp4');
    for (const purpose of ['AVATAR', 'STORE', 'REVIEW', 'DOCUMENT'] as const)
      await expect(inspect(video, purpose)).rejects.toMatchObject({ code: 'media.type_refused' });
    const spoilt = videoOf(1920, 1080, { frames: Buffer.from(`${'x'.repeat(400_000)}<html><body>`) });
    await expect(inspect(spoilt, 'PRODUCT')).rejects.toMatchObject({ code: 'media.harmful' });
  });

  it('is as large as its picture is upright', () => {
    expect(measureVideo(videoOf(1920, 1080))).toEqual({ width: 1920, height: 1080 });
    expect(measureVideo(videoOf(1920, 1080, { turned: true }))).toEqual({ width: 1080, height: 1920 });
    const sound = videoOf(0, 0, { handler: 'soun' });
    expect(codeOf(() => measureVideo(sound))).toBe('media.broken');
    expect(codeOf(() => measureVideo(videoOf(0, 1080)))).toBe('media.broken');
  });

  it('that is cut off, or has something behind it, is broken', () => {
    const video = videoOf(640, 360);
    expect(codeOf(() => measureVideo(video.subarray(0, -1)))).toBe('media.broken');
    expect(codeOf(() => measureVideo(Buffer.concat([video, Buffer.from('#')])))).toBe('media.broken');
    expect(codeOf(() => measureVideo(Buffer.concat([video, Buffer.alloc(9)])))).toBe('ok');
    expect(codeOf(() => measureVideo(Buffer.concat([boxOf('free'), video])))).toBe('ok');
    expect(codeOf(() => measureVideo(Buffer.alloc(0)))).toBe('media.broken');
  });

  it('forgets where and by whom it was made, and nothing else', () => {
    const place = boxOf('udta', boxOf('\xa9xyz', '-6.2088+106.8456/'));
    const maker = Buffer.concat([boxOf('meta', 'com.example.make'), boxOf('uuid', 'a serial number')]);
    const frames = Buffer.from('frames: udta meta uuid');
    const video = videoOf(640, 360, { more: Buffer.concat([place, maker]), frames });
    const kept = Buffer.from(video);
    forgetOrigin(kept);
    expect(kept.length).toBe(video.length);
    for (const secret of ['106.8456', 'com.example', 'serial']) {
      expect(video.includes(secret)).toBe(true);
      expect(kept.includes(secret)).toBe(false);
    }
    expect(kept.indexOf(frames)).toBe(video.indexOf(frames));
    expect(measureVideo(kept)).toEqual({ width: 640, height: 360 });
  });

  it('is refused or read, whatever its bytes are', () => {
    const video = videoOf(640, 360, { frames: Buffer.alloc(50) });
    const nested = Array.from({ length: 5000 }).reduce<Buffer>(
      (inner) => boxOf('moov', inner),
      Buffer.alloc(0),
    );
    expect(codeOf(() => measureVideo(nested))).toBe('media.broken');
    const many = Buffer.concat(Array.from({ length: 20_000 }, () => boxOf('free')));
    expect(codeOf(() => measureVideo(many))).toBe('media.broken');
    const change = fc.tuple(fc.nat(video.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(video.length),
        (changes, length) => {
          const bytes = Buffer.from(video.subarray(0, length));
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          const read = () => {
            forgetOrigin(bytes);
            measureVideo(bytes);
          };
          expect(['ok', 'media.broken']).toContain(codeOf(read));
        },
      ),
    );
  });
});
