/* biome-ignore-all lint/performance/noImgElement: it comes in the right size already */
'use client';
import { Camera } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { changeProfile } from '../actions/profile';
import { pictureTypes, upload } from '../lib/upload';
import { useAction } from '../lib/use-action';
import { ActionButton } from './action-button';

/** The picture of the customer, or the first letter of the name; another one is there as soon as it is chosen. */
export function AvatarField({ name, url }: { name: string; url: string }) {
  const t = useTranslations('profile');
  const router = useRouter();
  const [busy, act] = useAction();
  const keep = (avatarUrl: string) => changeProfile({ avatarUrl });
  const change = async (file: File) => {
    const sent = await upload('AVATAR', file);
    return sent.ok ? keep(sent.value.url) : sent;
  };
  return (
    <div className="flex items-center gap-4">
      {url ? (
        <img
          src={url}
          alt={t('picture')}
          width={72}
          height={72}
          className="size-18 rounded-full border border-line bg-sunken object-cover"
        />
      ) : (
        <span
          aria-hidden
          className="grid size-18 place-items-center rounded-full bg-brand-wash font-bold font-display text-2xl text-brand-strong"
        >
          {name.trim().slice(0, 1).toUpperCase()}
        </span>
      )}
      <div className="grid justify-items-start">
        <label
          aria-busy={busy || undefined}
          className="inline-flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-3 font-semibold text-brand text-sm hover:bg-brand-wash has-focus-visible:outline-3 has-focus-visible:outline-turmeric aria-busy:opacity-50"
        >
          <input
            type="file"
            accept={pictureTypes}
            disabled={busy}
            className="sr-only"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file)
                act(
                  () => change(file),
                  () => router.refresh(),
                );
              target.value = '';
            }}
          />
          <Camera aria-hidden className="size-4.5" />
          {url ? t('changePicture') : t('addPicture')}
        </label>
        {url && (
          <ActionButton disabled={busy} run={() => keep('')}>
            {t('removePicture')}
          </ActionButton>
        )}
      </div>
    </div>
  );
}
