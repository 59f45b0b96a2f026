'use client';

/** Whether this browser can be pushed to at all; iPhones can for what is on their home screen. */
export const canPush = () =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

async function manager(): Promise<PushManager> {
  const there = await navigator.serviceWorker.getRegistration();
  if (!there) await navigator.serviceWorker.register('/sw.js');
  return (await navigator.serviceWorker.ready).pushManager;
}

export async function subscription(): Promise<PushSubscription | null> {
  const there = await navigator.serviceWorker.getRegistration();
  return there ? there.pushManager.getSubscription() : null;
}

/** @param applicationServerKey who may push, and nobody else. @throws DOMException where the browser cannot */
export async function subscribe(applicationServerKey: string): Promise<PushSubscription> {
  const push = await manager();
  // It may be of an earlier key, which nobody pushes with any more.
  await (await push.getSubscription())?.unsubscribe();
  return push.subscribe({ userVisibleOnly: true, applicationServerKey });
}
