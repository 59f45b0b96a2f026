'use client';
import { Button } from '@pasar/ui/button';
import { BellRing } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { addDevice, removeDevice } from '../actions/devices';
import { canPush, subscribe, subscription } from '../lib/push';
import { useAction } from '../lib/use-action';

type State = 'unsupported' | 'denied' | 'off' | 'on';

/** Messages on this device, also while no page of ours is open. The browser is asked when somebody wants them, and not before. */
export function PushSwitch({
  publicKey,
  endpoints,
  onTurnedOn,
}: {
  /** Who pushes. */
  publicKey: string;
  /** Of this customer's devices: a browser may have been another one's. */
  endpoints: string[];
  onTurnedOn(): void;
}) {
  const t = useTranslations('push');
  const [state, setState] = useState<State>();
  const [busy, act] = useAction();
  useEffect(() => {
    const look = async (): Promise<State> => {
      if (!canPush()) return 'unsupported';
      if (Notification.permission === 'denied') return 'denied';
      const known = await subscription();
      return known && endpoints.includes(known.endpoint) ? 'on' : 'off';
    };
    look().then(setState, () => setState('unsupported'));
  }, [endpoints]);

  const turnOn = async () => {
    const permission = await Notification.requestPermission();
    if (permission !== 'granted') return setState(permission === 'denied' ? 'denied' : 'off');
    const made = await subscribe(publicKey).catch(() => undefined);
    const { endpoint = '', keys: { p256dh = '', auth = '' } = {} } = made?.toJSON() ?? {};
    // There is nobody who would push to it, as on a phone without its maker's services.
    if (!endpoint) return setState('unsupported');
    act(
      async () => {
        const outcome = await addDevice(endpoint, { p256dh, auth });
        if (!outcome.ok) await made?.unsubscribe();
        return outcome;
      },
      () => {
        setState('on');
        onTurnedOn();
      },
    );
  };
  const turnOff = () =>
    act(removeDevice, async () => {
      setState('off');
      await (await subscription())?.unsubscribe();
    });
  const isOn = state === 'on';
  const canTurn = isOn || state === 'off';
  return (
    <div
      className="mt-3 flex items-center gap-4 border-line border-t pt-4"
      data-testid="push"
      data-state={state}
    >
      <BellRing aria-hidden className="size-6 shrink-0 text-soft max-sm:hidden" />
      <div className="grow">
        <h3 className="font-sans font-semibold text-base tracking-normal">{t('title')}</h3>
        <p role="status" className="text-soft text-sm">
          {t(state ?? 'off')}
        </p>
      </div>
      {(canTurn || !state) && (
        <Button
          variant={isOn ? 'quiet' : 'secondary'}
          size="sm"
          busy={busy}
          disabled={!state}
          className="shrink-0"
          onClick={() => (isOn ? turnOff() : void turnOn())}
        >
          {t(isOn ? 'turnOff' : 'turnOn')}
        </Button>
      )}
    </div>
  );
}
