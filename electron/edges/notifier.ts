import { Notification } from 'electron';
import type { Opening } from '../../shared/ipc.ts';
import type { Notifier } from '../notify/teller.ts';
import { cutTo } from '../text.ts';

const mostKept = 200;
const keptMs = 24 * 60 * 60 * 1000;
const answerMs = 3000;

/** Linux servers read the body as markup: a bare `&` empties it, and a tag can fake a link. Titles are plain everywhere. */
const plainBody = (body: string): string =>
  process.platform === 'linux'
    ? body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : body;

/** Native notifications. A click calls `onClick` with where it leads. */
export const systemNotifier = (onClick: (opening: Opening) => void): Notifier => {
  // A notification that is collected loses its click (electron issue 16922).
  const kept = new Set<Notification>();

  const keep = (notification: Notification) => {
    kept.add(notification);
    for (const oldest of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    setTimeout(() => kept.delete(notification), keptMs).unref();
  };

  return {
    show: ({ title, body, silent, opening }) =>
      new Promise((resolve) => {
        if (!Notification.isSupported()) {
          resolve(null);
          return;
        }
        const notification = new Notification({
          title: cutTo(title, 80),
          body: plainBody(cutTo(body, 240)),
          silent,
        });
        keep(notification);
        notification.once('show', () => resolve(() => notification.close()));
        notification.once('failed', () => {
          kept.delete(notification);
          resolve(null);
        });
        notification.once('close', () => kept.delete(notification));
        notification.once('click', () => {
          kept.delete(notification);
          onClick(opening);
        });
        setTimeout(() => resolve(null), answerMs).unref();
        notification.show();
      }),
  };
};

export const canNotify = (): boolean => Notification.isSupported();
