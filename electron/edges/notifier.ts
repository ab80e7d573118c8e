import { Notification } from 'electron';
import type { Opening } from '../../shared/ipc.ts';
import type { Notifier } from '../notify/teller.ts';
import { cutTo } from '../text.ts';

const mostKept = 200;
const keptMs = 24 * 60 * 60 * 1000;
const answerMs = 3000;

/**
 * The notifications of macOS and Windows. A click calls `onClick` with where it leads. Not for Linux: there Electron waits for the
 * notification service in the process that receives (N4).
 */
export const electronNotifier = (onClick: (opening: Opening) => void): Notifier => {
  // A notification that is collected loses its click (electron issue 16922).
  const kept = new Map<string, Notification>();

  const keep = (id: string, notification: Notification): void => {
    kept.get(id)?.close();
    kept.set(id, notification);
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    setTimeout(() => letGo(id, notification), keptMs).unref();
  };

  const letGo = (id: string, notification: Notification): void => {
    if (kept.get(id) === notification) kept.delete(id);
  };

  return {
    show: ({ id, title, body, silent, urgency, opening }) =>
      new Promise((resolve) => {
        if (!Notification.isSupported()) {
          resolve({ status: 'not-shown', why: 'no-service' });
          return;
        }
        const notification = new Notification({
          title: cutTo(title, 80),
          body: cutTo(body, 240),
          silent,
          urgency,
        });
        keep(id, notification);
        notification.once('show', () => resolve({ status: 'shown' }));
        notification.once('failed', () => {
          letGo(id, notification);
          resolve({ status: 'not-shown', why: 'refused' });
        });
        notification.once('close', () => letGo(id, notification));
        notification.once('click', () => {
          letGo(id, notification);
          onClick(opening);
        });
        setTimeout(() => resolve({ status: 'not-shown', why: 'no-answer' }), answerMs).unref();
        notification.show();
      }),
    withdraw: (id) => kept.get(id)?.close(),
  };
};
